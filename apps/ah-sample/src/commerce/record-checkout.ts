import { stableId } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { alert, transact } from '@/cross-app'
import type { Executor } from '@/db/executor'
import { merchantCharges, merchantSessions, products, purchases, users } from '@/db/schema'
import { CHARGE_REFUNDED, ensureMerchantCharge, lockMerchantCharge } from './merchant-charge'
import { openPurchaseEntitlements } from './open-purchase-entitlements'
import { recordStripeEvent } from './record-stripe-event'

/** A paid Checkout session, as far as it matters here. */
export type PaidCheckout = {
	sessionId: string
	productId: string | null
	userId: string | null
	/** Null when nothing had to be paid. */
	chargeId: string | null
	customerId: string | null
	/** Integer minor units. */
	amount: number
}

/**
 * Records a paid session as a purchase and opens its course, in one transaction with the inbox. Ids follow from the
 * session, so other events about the same session find it done. A charge that was refunded before gives a refunded
 * purchase and no access.
 *
 * @throws RepeatedEventError
 */
export async function recordCheckout(
	event: { id: string; type: string },
	checkout: PaidCheckout,
): Promise<void> {
	const { productId, userId } = checkout
	if (productId === null || userId === null) return keepForPeople(event, checkout)
	const purchaseId = await stableId('purchase', checkout.sessionId)
	const merchantSessionId = await stableId('merchant-session', checkout.sessionId)
	if (checkout.chargeId !== null) await ensureMerchantCharge(checkout.chargeId)
	const problem = await transact(async (tx) => {
		await recordStripeEvent(tx, event)
		const user = await lockUser(tx, userId)
		const charge = checkout.chargeId === null ? null : await lockMerchantCharge(tx, checkout.chargeId)
		const [known] = await tx.select().from(purchases).where(eq(purchases.id, purchaseId)).for('update')
		if (known !== undefined) return null
		const [product] = await tx.select().from(products).where(eq(products.id, productId))
		const refunded = charge?.status === CHARGE_REFUNDED
		await tx
			.insert(merchantSessions)
			.ignore()
			.values({ id: merchantSessionId, identifier: checkout.sessionId, merchantAccountId: 'stripe' })
		await tx.insert(purchases).values({
			id: purchaseId,
			userId,
			productId,
			totalAmount: (checkout.amount / 100).toFixed(2),
			merchantChargeId: charge?.id ?? null,
			merchantSessionId,
			status: refunded ? 'Refunded' : 'Valid',
		})
		if (charge !== null) {
			await tx
				.update(merchantCharges)
				.set({ userId, merchantProductId: productId, merchantCustomerId: checkout.customerId ?? '' })
				.where(eq(merchantCharges.id, charge.id))
		}
		if (user === null) return 'The buyer’s account is gone: the purchase is kept, nothing is open.'
		if (product === undefined) return 'The product is unknown: the purchase is kept, nothing is open.'
		if (!refunded) await openPurchaseEntitlements(tx, { purchaseId, productId, user })
		return null
	})
	if (problem !== null) {
		await alert({
			actor: 'stripe',
			action: 'purchase-without-access',
			purchaseId,
			subject: purchaseId,
			data: { productId, summary: problem },
		})
	}
}

async function lockUser(tx: Executor, userId: string): Promise<{ id: string; email: string } | null> {
	const rows = await tx
		.select({ id: users.id, email: users.email })
		.from(users)
		.where(eq(users.id, userId))
		.for('update')
	return rows.find((row) => row.id === userId) ?? null
}

/** A paid session that this app did not open: never dropped silently, and never an error that Stripe would repeat. */
async function keepForPeople(event: { id: string; type: string }, checkout: PaidCheckout): Promise<void> {
	await transact((tx) => recordStripeEvent(tx, event))
	await alert({
		actor: 'stripe',
		action: 'unknown-checkout',
		subject: checkout.sessionId,
		data: { amount: checkout.amount, summary: 'A paid session that names no product or no buyer of ours.' },
	})
}
