import type {LinkRecord} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext, Transaction} from '../context'
import {writeOutbox} from '../outbox/write-outbox'
import {requestAccountUnlink} from './request-account-unlink'
import {releaseHappening} from './tell-release'

export interface UndoneLink {
  userId: string
  outcome: 'requested' | 'already-requested' | 'nothing-to-end'
  /** To be sent right after the commit. */
  outboxIds: string[]
}

/**
 * "This wasn't me", from the mail about a link: ends that very link and frees exactly what it claimed. Whoever has the
 * mail may do it, signed in or not. A newer link stays; what the older one still holds is freed all the same.
 *
 * @throws LinkRefusedError token-expired (after seven days) or token-invalid
 */
export async function undoLink(context: CrossAppContext, {token}: {token: string}): Promise<UndoneLink> {
  const {sellerUserId: userId, linkRevision} = await context.bridge.verifyUndoToken(token)
  let outboxIds: string[] = []
  const outcome = await requestAccountUnlink(context, {
    userId,
    linkRevision,
    by: 'not-me',
    release: true,
    also: async (tx, requested) => {
      outboxIds = isOfOlderLink(requested.record, linkRevision)
        ? [await requestRelease({...context, tx}, {userId, linkRevision})]
        : []
    },
  })
  return {userId, outcome: outboxIds.length > 0 ? 'requested' : outcome, outboxIds}
}

/** The record tells of a later link; one that ended and was released has the two revisions after its own. */
function isOfOlderLink({link, linkRevision: newest}: LinkRecord, linkRevision: number): boolean {
  if (link === null) return false
  if (link.ended === null) return linkRevision < newest
  return linkRevision < newest - (link.ended.released ? 2 : 1)
}

async function requestRelease(
  context: CrossAppContext & {tx: Transaction},
  {userId, linkRevision}: {userId: string; linkRevision: number},
): Promise<string> {
  const happening = releaseHappening(userId, linkRevision)
  await recordAudit(context, {
    actor: `user:${userId}`,
    action: 'link.release-requested',
    purchaseId: null,
    subject: userId,
    data: {linkRevision, by: 'not-me'},
    once: [happening],
  })
  return writeOutbox(context, {
    kind: 'event',
    name: 'account/release-requested',
    happening,
    data: {userId, linkRevision: String(linkRevision)},
  })
}
