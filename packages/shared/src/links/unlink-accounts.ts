import { type LinkEnd, type LinkRecord, liveLink, type UnlinkedBy } from './link-record'
import type { HeldLink } from './link-store'

export type UnlinkAccountsInput = {
  /** The link that is meant; null: whichever is live. */
  linkRevision: number | null
  by: UnlinkedBy
  /** Also free what that link claimed. */
  release: boolean
  /**
   * Touches nothing but the link that is named. Otherwise a release also frees what the last link claimed, if that has
   * ended: a mirror that has not heard of that one would never take an answer for its request.
   */
  exactly?: boolean
  /** Whom the asker knows to be linked: for the answer when a restored database has no record of any link. */
  granterUserId?: string
  now: Date
}

export type UnlinkedAccounts = {
  /** unlinked: the live link ended. released: it had ended before, now its claims are freed too. */
  outcome: 'unlinked' | 'released' | 'unchanged'
  record: LinkRecord
  /** Claims made by a link of one of these revisions have to be freed, in the same transaction. */
  releaseClaimsOf: number[]
}

/**
 * Ends a link; only the app that writes links does. A request for a link that is not the live one ends nothing: the
 * asker gets the record and asks again with what it finds there, so an unlink that races a new link still wins.
 *
 * A request that names a revision this side does not know comes from before a restore of this database: it ends what is
 * live, and is answered above the revision that the asker has seen, or the mirror would never take the answer.
 */
export async function unlinkAccounts<Tx>(
  held: HeldLink<Tx>,
  input: UnlinkAccountsInput,
): Promise<UnlinkedAccounts> {
  const { record } = held
  const live = liveLink(record)
  const forgotten = input.linkRevision !== null && input.linkRevision > record.linkRevision
  const named = input.release && input.linkRevision !== null ? [input.linkRevision] : []
  if (live !== null) {
    const meant = input.linkRevision === null || input.linkRevision === record.linkRevision
    if (!meant && !forgotten) return { outcome: 'unchanged', record, releaseClaimsOf: named }
    const ended = { at: input.now.toISOString(), by: input.by, released: input.release }
    const next = await save(held, ended, input.linkRevision)
    return {
      outcome: 'unlinked',
      record: next,
      releaseClaimsOf: input.release ? withNamed(record.linkRevision, named) : [],
    }
  }
  if (record.link === null && forgotten && input.granterUserId !== undefined) {
    const next = await saveForgotten(held, input.granterUserId, input)
    return { outcome: 'unchanged', record: next, releaseClaimsOf: named }
  }
  const ended = record.link === null ? null : record.link.ended
  if (ended !== null && forgotten && (!input.release || ended.released)) {
    const next = await save(held, ended, input.linkRevision)
    return { outcome: 'unchanged', record: next, releaseClaimsOf: named }
  }
  if (!input.release || ended === null || ended.released) {
    return { outcome: 'unchanged', record, releaseClaimsOf: named }
  }
  // Until it is released, an ended link's own revision is the one before the record's.
  const endedRevision = record.linkRevision - 1
  if (input.exactly && input.linkRevision !== null && input.linkRevision !== endedRevision) {
    return { outcome: 'unchanged', record, releaseClaimsOf: named }
  }
  const released = { ...ended, by: strongest(ended.by, input.by), released: true }
  const next = await save(held, released, input.linkRevision)
  return { outcome: 'released', record: next, releaseClaimsOf: withNamed(endedRevision, named) }
}

/** Nothing is known of the link but that it is over: enough for the asker, who would ask for ever otherwise. */
async function saveForgotten<Tx>(
  held: HeldLink<Tx>,
  granterUserId: string,
  input: UnlinkAccountsInput,
): Promise<LinkRecord> {
  const at = input.now.toISOString()
  const next: LinkRecord = {
    ...held.record,
    linkRevision: (input.linkRevision ?? 0) + 1,
    link: {
      granterUserId,
      method: 'explicit',
      granterEmail: null,
      sellerEmail: null,
      tokenId: null,
      linkedAt: at,
      ended: { at, by: input.by, released: input.release },
    },
  }
  await held.save(next)
  return next
}

function withNamed(revision: number, named: number[]): number[] {
  return named.indexOf(revision) === -1 ? [revision].concat(named) : named
}

async function save<Tx>(held: HeldLink<Tx>, ended: LinkEnd, named: number | null): Promise<LinkRecord> {
  const { record } = held
  if (record.link === null) return record
  const linkRevision = Math.max(record.linkRevision, named ?? 0) + 1
  const next = { ...record, linkRevision, link: { ...record.link, ended } }
  await held.save(next)
  return next
}

/** "This wasn't me" outranks an unlink for any other reason: it has to stick. */
function strongest(before: UnlinkedBy, now: UnlinkedBy): UnlinkedBy {
  return now === 'not-me' || before === 'not-me' ? 'not-me' : before
}
