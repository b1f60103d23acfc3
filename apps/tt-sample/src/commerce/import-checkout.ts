import {type CrossAppContext, dispatchAfterCommit} from '../cross-app'
import type {CommerceContext} from './context'
import {fetchCheckout} from './fetch-checkout'
import {type RecordedCheckout, recordCheckout} from './record-checkout'
import {refreshChargeFacts} from './refresh-charge-facts'

/**
 * Brings one Checkout session from Stripe into this database, with its refunds and disputes: after a restore, or when a
 * webhook was lost for good. Its ids follow from the session's, so it meets the grants it had. Safe to repeat.
 */
export async function importCheckout(
  context: CommerceContext & {crossApp: CrossAppContext},
  {sessionId}: {sessionId: string},
): Promise<RecordedCheckout> {
  const checkout = await fetchCheckout(context.stripe, sessionId)
  const recorded = await recordCheckout(context, {checkout, event: null})
  if (recorded.outcome === 'recorded') {
    await refreshChargeFacts(context, {purchaseId: recorded.purchaseId})
    await dispatchAfterCommit(context.crossApp, recorded.outboxIds)
  }
  return recorded
}
