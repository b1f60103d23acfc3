import type {LinkTold} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {type MirroredAccountLink, mirrorAccountLink} from '../links/mirror-account-link'
import {sendUnlinkRequest} from '../links/send-unlink-request'
import {dispatchAfterCommit} from '../outbox/dispatch-after-commit'

/** Mirrors what AI Hero says, and at once does what it calls for: nothing here has to wait for the sweep. */
export async function applyToldLink(
  context: CrossAppContext,
  told: LinkTold,
): Promise<Pick<MirroredAccountLink, 'outcome'>> {
  const {outcome, userId, outboxIds, unlinkDue} = await mirrorAccountLink(context, {told, via: 'event'})
  await dispatchAfterCommit(context, outboxIds)
  if (unlinkDue) await sendUnlinkRequest(context, {userId})
  return {outcome}
}
