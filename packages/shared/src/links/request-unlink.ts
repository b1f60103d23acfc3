import type { CrossAppEvent } from '../events/cross-app-events'
import { type LinkRecord, liveLink, type UnlinkedBy } from './link-record'
import type { HeldLink } from './link-store'

export type RequestedUnlink = {
  /** nothing-to-end: there is no such link, or it ended and nothing is left to free. */
  outcome: 'requested' | 'already-requested' | 'nothing-to-end'
  record: LinkRecord
}

/**
 * Notes on the seller's side that a link has to end. The app that writes links is asked, again and again, until it has
 * confirmed; meanwhile nothing new opens by this link.
 *
 * @param input.linkRevision the link that is meant; null: whichever is live
 */
export async function requestUnlink<Tx>(
  held: HeldLink<Tx>,
  input: { linkRevision: number | null; by: UnlinkedBy; release: boolean; now: Date },
): Promise<RequestedUnlink> {
  const { record } = held
  const meant = linkMeant(record, input)
  if (meant === null) return { outcome: 'nothing-to-end', record }
  const asked = record.unlinkRequest
  if (asked !== null && asked.linkRevision === meant && (asked.release || !input.release)) {
    return { outcome: 'already-requested', record }
  }
  const next: LinkRecord = {
    ...record,
    unlinkRequest: { linkRevision: meant, by: input.by, release: input.release, at: input.now.toISOString() },
  }
  await held.save(next)
  return { outcome: 'requested', record: next }
}

function linkMeant(
  record: LinkRecord,
  input: { linkRevision: number | null; release: boolean },
): number | null {
  if (record.link === null) return null
  if (liveLink(record) !== null) {
    return input.linkRevision === null || input.linkRevision === record.linkRevision
      ? record.linkRevision
      : null
  }
  const ended = record.link.ended
  // Ended before, but what it claimed is still theirs: "this wasn't me" frees that too.
  const before = record.linkRevision - 1
  const frees = input.release && ended !== null && !ended.released && input.linkRevision === before
  return frees ? before : null
}

/** The request as an event for the writer of links, or null when none is outstanding. */
export function buildUnlinkRequest(record: LinkRecord): CrossAppEvent | null {
  const { unlinkRequest, link, sellerUserId } = record
  if (unlinkRequest === null || link === null) return null
  return {
    name: 'account/unlink-requested',
    data: {
      v: 1,
      linkRevision: unlinkRequest.linkRevision,
      userId: link.granterUserId,
      linkedUserId: sellerUserId,
      by: unlinkRequest.by,
      release: unlinkRequest.release,
    },
  }
}
