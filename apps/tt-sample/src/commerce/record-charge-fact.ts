import {inTransaction, recordAudit, retrying, reviseSyncs, type Transaction, writeOutbox} from '../cross-app'
import {applyFactsToPurchase} from './apply-facts-to-purchase'
import {type ChargeFactInput, isFurther} from './charge-fact'
import type {CommerceContext} from './context'
import {receiveStripeEvent, type StripeEventReceipt} from './stripe-inbox'

export interface RecordedChargeFact {
  /** Purchases of the charge; none when the fact came before its purchase (case 7). */
  purchaseIds: string[]
  /** To be sent right after the commit. */
  outboxIds: string[]
}

type Context = Pick<CommerceContext, 'db' | 'clock' | 'log' | 'isRetryable'>

/**
 * Stores a refund or dispute at its furthest status, also when its purchase isn't known yet, and computes anew what the
 * charge's purchases entitle to, under their locks.
 *
 * @param event the Stripe event that brought it; null when it was read from Stripe
 */
export async function recordChargeFact(
  context: Context,
  {fact, event}: {fact: ChargeFactInput; event: StripeEventReceipt | null},
): Promise<RecordedChargeFact> {
  const now = context.clock.now()
  // Committed by itself first: the checkout that is being recorded at this moment reads facts, this reads purchases, so
  // one of the two always sees the other.
  await retrying(context, () =>
    context.db.chargeFact.createMany({
      data: [{...fact, createdAt: now, updatedAt: now}],
      skipDuplicates: true,
    }),
  )
  return inTransaction(context, async (tx) => {
    const within = {...context, tx}
    await receiveStripeEvent(within, event, 'recorded')
    const purchaseIds = await lockPurchasesOfCharge(tx, fact.chargeId)
    const status = await advance(tx, fact)
    const outboxIds: string[] = []
    for (const purchaseId of purchaseIds) {
      const purchaseStatus = await applyFactsToPurchase(within, {purchaseId})
      await reviseSyncs(within, {purchaseId, actor: 'stripe'})
      outboxIds.push(
        await writeOutbox(within, {
          kind: 'event',
          name: purchaseStatus === 'Refunded' ? 'purchase/refunded' : 'purchase/facts-changed',
          happening: `fact:${fact.id}:${status}:${purchaseId}`,
          data: {purchaseId},
        }),
      )
      await audit(within, fact, status, purchaseId, purchaseStatus)
    }
    if (purchaseIds.length === 0) await audit(within, fact, status, null, null)
    return {purchaseIds, outboxIds}
  })
}

async function lockPurchasesOfCharge(tx: Transaction, chargeId: string): Promise<string[]> {
  const charges = await tx.$queryRaw<{id: string; identifier: string}[]>`
    SELECT id, identifier FROM MerchantCharge WHERE identifier = ${chargeId} FOR UPDATE`
  const charge = charges[0]
  if (charge === undefined || charge.identifier !== chargeId) return []
  const purchases = await tx.$queryRaw<{id: string}[]>`
    SELECT id FROM Purchase WHERE merchantChargeId = ${charge.id} ORDER BY id FOR UPDATE`
  return purchases.map(({id}) => id)
}

/** @returns the status the fact has now */
async function advance(tx: Transaction, fact: ChargeFactInput): Promise<string> {
  const rows = await tx.$queryRaw<
    {status: string}[]
  >`SELECT status FROM ChargeFact WHERE id = ${fact.id} FOR UPDATE`
  const current = rows[0]?.status ?? fact.status
  if (!isFurther(fact.kind, current, fact.status)) return current
  await tx.chargeFact.update({where: {id: fact.id}, data: {status: fact.status, amount: fact.amount}})
  return fact.status
}

function audit(
  context: Context & {tx: Transaction},
  fact: ChargeFactInput,
  status: string,
  purchaseId: string | null,
  purchaseStatus: string | null,
): Promise<void> {
  return recordAudit(context, {
    actor: 'stripe',
    action: `charge.${fact.kind}`,
    purchaseId,
    subject: fact.id,
    data: {status, amount: fact.amount, chargeId: fact.chargeId, purchaseStatus},
    once: [fact.id, status, purchaseId ?? ''],
  })
}
