import {desiredState} from '@cross-app/shared'
import {lockPurchase, readPurchaseFacts, type TransactionContext} from '../cross-app'

/** The platform's own names. `Restricted`: valid in one country, at that country's price. */
export type PurchaseStatus = 'Valid' | 'Restricted' | 'Refunded' | 'Disputed'

/**
 * Derives, under the purchase's lock, its status and its charge's refunded amount from the facts. The platform's own
 * webhook calls any refund a full one; here it takes as much as was paid (case 17).
 *
 * @returns the status it has now, or null when there is no such purchase
 */
export async function applyFactsToPurchase(
  {tx}: TransactionContext,
  {purchaseId}: {purchaseId: string},
): Promise<PurchaseStatus | null> {
  const purchase = await lockPurchase(tx, purchaseId)
  if (purchase === null) return null
  const facts = await readPurchaseFacts(tx, purchase)
  const owner = facts.owner ?? {userId: purchase.userId ?? '', email: '', proven: false}
  const {desired, reason} = desiredState({...facts, owner, held: false})
  const status: PurchaseStatus =
    desired.state === 'granted'
      ? facts.restriction === null
        ? 'Valid'
        : 'Restricted'
      : reason === 'refund'
        ? 'Refunded'
        : 'Disputed'
  if (status !== purchase.status) await tx.purchase.update({where: {id: purchase.id}, data: {status}})
  if (purchase.merchantChargeId !== null) {
    const refundAmount = facts.refunds
      .filter((refund) => refund.status !== 'failed' && refund.status !== 'canceled')
      .reduce((sum, refund) => sum + refund.amount, 0)
    await tx.merchantCharge.updateMany({
      where: {id: purchase.merchantChargeId},
      data: {refundAmount, net: facts.amountPaid - refundAmount},
    })
  }
  return status
}
