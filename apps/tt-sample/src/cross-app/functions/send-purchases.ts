import {RetryAfterError} from 'inngest'
import {crossAppContext} from '../host'
import {sendDueSyncs} from '../syncs/send-due-syncs'

/** What was not sent is due again in a few seconds; this run then tries again, and after it the sweep. */
const RETRY_AFTER_MS = 7_000

/**
 * Sends what is due of these purchases.
 *
 * @returns how many syncs were sent
 * @throws RetryAfterError when AI Hero's event API could not be reached
 */
export async function sendPurchases(purchaseIds: string[]): Promise<{sent: number}> {
  let sent = 0
  let away = 0
  for (const purchaseId of purchaseIds) {
    const report = await sendDueSyncs(crossAppContext, {purchaseId})
    sent += report.sent
    away += report.failures.filter((failure) => failure.retryable).length
  }
  if (away > 0) throw new RetryAfterError(`${away} syncs could not be sent.`, RETRY_AFTER_MS)
  return {sent}
}
