import type {CrossAppContext} from '../context'
import {requestAccountUnlink} from './request-account-unlink'

/**
 * "This wasn't me", from the mail about a link: ends that very link and frees exactly what it claimed. Whoever has the
 * mail may do it, signed in or not; a newer link stays.
 *
 * @throws LinkRefusedError token-expired (after seven days) or token-invalid
 */
export async function undoLink(
  context: CrossAppContext,
  {token}: {token: string},
): Promise<{userId: string; outcome: 'requested' | 'already-requested' | 'nothing-to-end'}> {
  const {sellerUserId: userId, linkRevision} = await context.bridge.verifyUndoToken(token)
  const outcome = await requestAccountUnlink(context, {userId, linkRevision, by: 'not-me', release: true})
  return {userId, outcome}
}
