import { and, eq, isNull, sql } from 'drizzle-orm'
import { transact } from '@/cross-app'
import { entitlements, merchantCharges, purchases } from '@/db/schema'
import { CHARGE_REFUNDED, ensureMerchantCharge, lockMerchantCharge } from './merchant-charge'
import { PURCHASE_SOURCE_TYPE } from './open-purchase-entitlements'
import { recordStripeEvent } from './record-stripe-event'

/** A charge after a refund. Amounts are integer minor units. */
export type RefundedCharge = { chargeId: string; amount: number; amountRefunded: number }

/**
 * Ends a purchase whose charge was refunded in full, and closes exactly the entitlements that came from it: what a
 * bundle or another purchase opened stays. A partial refund changes nothing. The refund may come before its purchase.
 *
 * @throws RepeatedEventError
 */
export async function recordRefund(
	event: { id: string; type: string },
	refund: RefundedCharge,
): Promise<void> {
	await ensureMerchantCharge(refund.chargeId)
	await transact(async (tx) => {
		await recordStripeEvent(tx, event)
		const charge = await lockMerchantCharge(tx, refund.chargeId)
		if (refund.amount <= 0 || refund.amountRefunded < refund.amount) return
		await tx.update(merchantCharges).set({ status: CHARGE_REFUNDED }).where(eq(merchantCharges.id, charge.id))
		const [purchase] = await tx
			.select()
			.from(purchases)
			.where(eq(purchases.merchantChargeId, charge.id))
			.for('update')
		if (purchase === undefined) return
		await tx.update(purchases).set({ status: 'Refunded' }).where(eq(purchases.id, purchase.id))
		const now = sql<Date>`CURRENT_TIMESTAMP(3)`
		await tx
			.update(entitlements)
			.set({ deletedAt: now, updatedAt: now })
			.where(
				and(
					eq(entitlements.sourceType, PURCHASE_SOURCE_TYPE),
					eq(entitlements.sourceId, purchase.id),
					isNull(entitlements.deletedAt),
				),
			)
	})
}
