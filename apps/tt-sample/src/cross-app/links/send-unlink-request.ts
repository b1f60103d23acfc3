import {
  buildUnlinkRequest,
  type CrossAppEvent,
  isBackoffAtCap,
  isCrossAppError,
  nextAttemptDelayMs,
} from '@cross-app/shared'
import {raiseAlertWithin} from '../audit/raise-alert'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext, Transaction} from '../context'
import {inTransaction} from '../in-transaction'
import {lockLinkRow, recordOf} from './link-row'

export type SentUnlinkRequest =
  /** Confirmed, taken by another sender, or not asked for. */
  {outcome: 'not-due'} | {outcome: 'sent'} | {outcome: 'not-sent'; error: Error; retryable: boolean}

/**
 * Asks AI Hero to end a link, if that is due. As with a sync, the next attempt is moved forward under lock before the
 * send, and the request stays due until AI Hero's answer takes it away.
 */
export async function sendUnlinkRequest(
  context: CrossAppContext,
  {userId}: {userId: string},
): Promise<SentUnlinkRequest> {
  const event = await inTransaction(context, (tx) => claim({...context, tx}, userId))
  if (event === null) return {outcome: 'not-due'}
  try {
    await context.bridge.send(event)
    return {outcome: 'sent'}
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const retryable = isCrossAppError(error) ? error.retryable : true
    context.log.warn('link.unlink-not-sent', {userId, error})
    return {outcome: 'not-sent', error, retryable}
  }
}

async function claim(
  context: CrossAppContext & {tx: Transaction},
  userId: string,
): Promise<CrossAppEvent | null> {
  const row = await lockLinkRow(context.tx, userId)
  const now = context.clock.now()
  if (row === null || row.nextAttemptAt === null || row.nextAttemptAt.getTime() > now.getTime()) return null
  const event = buildUnlinkRequest(recordOf(row))
  if (event === null) return null
  const attempt = row.attempts + 1
  await context.tx.accountLink.update({
    where: {id: row.id},
    data: {
      attempts: attempt,
      nextAttemptAt: new Date(now.getTime() + nextAttemptDelayMs(row.attempts, context.random())),
    },
  })
  const entry = {
    actor: 'system',
    purchaseId: null,
    subject: userId,
    data: {linkRevision: row.unlinkRequestRevision, by: row.unlinkRequestedBy, attempt},
  }
  // The first attempt and then ever more rarely: a long outage must not fill the audit trail.
  if ((attempt & (attempt - 1)) === 0) {
    await recordAudit(context, {...entry, action: 'link.unlink-sending'})
  }
  // AI Hero has been silent for so long that somebody should look.
  if (isBackoffAtCap(attempt) && !isBackoffAtCap(row.attempts)) {
    await raiseAlertWithin(context, {
      ...entry,
      action: 'alert.unlink-unanswered',
      once: [userId, String(row.unlinkRequestRevision)],
    })
  }
  return event
}
