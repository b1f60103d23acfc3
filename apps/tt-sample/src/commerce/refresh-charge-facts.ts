import type {CommerceContext} from './context'
import {listDisputeFacts, listRefundFacts} from './read-charge-facts'
import {recordChargeFact} from './record-charge-fact'

/**
 * Reads all refunds and disputes of a purchase's charge from Stripe and stores them: what this database forgot in a
 * restore comes back. A fully discounted purchase has no charge and no such facts.
 *
 * @throws Stripe's own errors when it can't be asked
 */
export async function refreshChargeFacts(
  context: CommerceContext,
  {purchaseId}: {purchaseId: string},
): Promise<void> {
  const purchase = await context.db.purchase.findUnique({where: {id: purchaseId}})
  if (purchase === null || purchase.merchantChargeId === null) return
  const charge = await context.db.merchantCharge.findUnique({where: {id: purchase.merchantChargeId}})
  if (charge === null) return
  const facts = [
    ...(await listRefundFacts(context.stripe, charge.identifier)),
    ...(await listDisputeFacts(context.stripe, charge.identifier)),
  ]
  for (const fact of facts) await recordChargeFact(context, {fact, event: null})
}
