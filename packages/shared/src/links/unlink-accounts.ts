import { type LinkEnd, type LinkRecord, liveLink, type UnlinkedBy } from './link-record'
import type { HeldLink } from './link-store'

export type UnlinkAccountsInput = {
  /** The link that is meant; null: whichever is live. */
  linkRevision: number | null
  by: UnlinkedBy
  /** Also free what that link claimed. */
  release: boolean
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
 */
export async function unlinkAccounts<Tx>(
  held: HeldLink<Tx>,
  input: UnlinkAccountsInput,
): Promise<UnlinkedAccounts> {
  const { record } = held
  const live = liveLink(record)
  const named = input.release && input.linkRevision !== null ? [input.linkRevision] : []
  if (live !== null) {
    const meant = input.linkRevision === null || input.linkRevision === record.linkRevision
    if (!meant) return { outcome: 'unchanged', record, releaseClaimsOf: named }
    const ended = { at: input.now.toISOString(), by: input.by, released: input.release }
    const next = await save(held, ended)
    return { outcome: 'unlinked', record: next, releaseClaimsOf: input.release ? [record.linkRevision] : [] }
  }
  const ended = record.link === null ? null : record.link.ended
  if (!input.release || ended === null || ended.released) {
    return { outcome: 'unchanged', record, releaseClaimsOf: named }
  }
  // Until it is released, an ended link's own revision is the one before the record's.
  const endedRevision = record.linkRevision - 1
  const next = await save(held, { ...ended, by: strongest(ended.by, input.by), released: true })
  return {
    outcome: 'released',
    record: next,
    releaseClaimsOf: named.indexOf(endedRevision) === -1 ? [endedRevision].concat(named) : named,
  }
}

async function save<Tx>(held: HeldLink<Tx>, ended: LinkEnd): Promise<LinkRecord> {
  const { record } = held
  if (record.link === null) return record
  const next = { ...record, linkRevision: record.linkRevision + 1, link: { ...record.link, ended } }
  await held.save(next)
  return next
}

/** "This wasn't me" outranks an unlink for any other reason: it has to stick. */
function strongest(before: UnlinkedBy, now: UnlinkedBy): UnlinkedBy {
  return now === 'not-me' || before === 'not-me' ? 'not-me' : before
}
