import type { AccountLinked } from '../events/account-linked'
import type { AccountUnlinked } from '../events/account-unlinked'
import type { Link, LinkRecord, UnlinkRequest } from './link-record'
import type { HeldLink } from './link-store'

/** What the writer of links says, verified: from an event or from its read API. */
export type LinkTold =
  | { name: 'account/linked'; data: AccountLinked }
  | { name: 'account/unlinked'; data: AccountUnlinked }

export type MirroredLink = {
  /** refused: the link is stored as told, and its undoing asked for at once. */
  outcome: 'mirrored' | 'refused' | 'unchanged'
  record: LinkRecord
}

/** A signed `linkedAt` this much after the token's end still counts: two machines' clocks. */
const CLOCK_TOLERANCE_MS = 60_000

/**
 * Takes over what the writer says about this seller's user, if it is newer than what is known here. Order and repeats
 * don't matter (case 28). A link this side can't accept is stored all the same, because it exists; its undoing is asked
 * for, with release.
 *
 * @param input.tokenExpiresAt of an explicit link: when the token that this side issued ends; null when it issued none
 * such. Delivery may be late: the signed `linkedAt` is what is judged (case 30)
 * @param input.userExists the seller's user is there
 */
export async function mirrorLink<Tx>(
  held: HeldLink<Tx>,
  told: LinkTold,
  input: { tokenExpiresAt: Date | null; userExists: boolean; now: Date },
): Promise<MirroredLink> {
  const { record } = held
  if (told.data.linkRevision <= record.linkRevision) return { outcome: 'unchanged', record }
  if (told.name === 'account/unlinked') {
    const next = afterUnlink(record, told.data)
    await held.save(next)
    return { outcome: 'mirrored', record: next }
  }
  const accepted = await isAcceptable(held, told.data, input)
  const asked = record.unlinkRequest
  const next: LinkRecord = {
    ...record,
    linkRevision: told.data.linkRevision,
    link: toLink(told.data),
    unlinkRequest: accepted
      ? // Unlinking wins over a link that was made meanwhile: it is asked for again, by its new name.
        asked && { ...asked, linkRevision: told.data.linkRevision }
      : refusal(told.data, input.now),
  }
  await held.save(next)
  return { outcome: accepted ? 'mirrored' : 'refused', record: next }
}

async function isAcceptable<Tx>(
  held: HeldLink<Tx>,
  told: AccountLinked,
  input: { tokenExpiresAt: Date | null; userExists: boolean },
): Promise<boolean> {
  if (!input.userExists) return false
  if (told.linkMethod !== 'explicit') return true
  if (told.jti === undefined || input.tokenExpiresAt === null) return false
  if (Date.parse(told.linkedAt) > input.tokenExpiresAt.getTime() + CLOCK_TOLERANCE_MS) return false
  return (await held.spendToken({ tokenId: told.jti, granterUserId: told.userId })) === 'first'
}

function refusal(told: AccountLinked, now: Date): UnlinkRequest {
  return { linkRevision: told.linkRevision, by: 'refused', release: true, at: now.toISOString() }
}

function toLink(told: AccountLinked): Link {
  return {
    granterUserId: told.userId,
    method: told.linkMethod,
    granterEmail: told.linkedEmail ?? null,
    sellerEmail: null,
    tokenId: told.jti ?? null,
    linkedAt: told.linkedAt,
    ended: null,
  }
}

function afterUnlink(record: LinkRecord, told: AccountUnlinked): LinkRecord {
  const ended = { at: told.unlinkedAt, by: told.by, released: told.released }
  const asked = record.unlinkRequest
  // An unlink that overtook its link: who was linked is known, how is not.
  const known = record.link !== null && record.link.granterUserId === told.userId ? record.link : null
  return {
    ...record,
    linkRevision: told.linkRevision,
    link: {
      granterUserId: told.userId,
      method: known?.method ?? 'explicit',
      granterEmail: known?.granterEmail ?? null,
      sellerEmail: known?.sellerEmail ?? null,
      tokenId: known?.tokenId ?? null,
      linkedAt: known?.linkedAt ?? told.unlinkedAt,
      ended,
    },
    unlinkRequest: asked?.release && !told.released ? asked : null,
  }
}
