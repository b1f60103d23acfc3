import { stableId } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { db } from '@/db'
import type { Executor } from '@/db/executor'
import { merchantCharges } from '@/db/schema'

/** `MerchantCharge.status`. */
export const CHARGE_PAID = 0
export const CHARGE_REFUNDED = 1

export type MerchantCharge = typeof merchantCharges.$inferSelect

/**
 * Makes the row of a Stripe charge, if there is none, in a statement of its own: a refund may be heard of before its
 * purchase, and both lock this row.
 */
export async function ensureMerchantCharge(chargeId: string): Promise<void> {
	await db
		.insert(merchantCharges)
		.ignore()
		.values({
			id: await stableId('merchant-charge', chargeId),
			identifier: chargeId,
			// Filled in by the purchase; the real columns are not nullable.
			userId: '',
			merchantAccountId: 'stripe',
			merchantProductId: '',
			merchantCustomerId: '',
		})
}

/** Locks the row of a Stripe charge. @throws when `ensureMerchantCharge` was not called before */
export async function lockMerchantCharge(tx: Executor, chargeId: string): Promise<MerchantCharge> {
	const rows = await tx
		.select()
		.from(merchantCharges)
		.where(eq(merchantCharges.identifier, chargeId))
		.for('update')
	const charge = rows.find((row) => row.identifier === chargeId)
	if (charge === undefined) throw new Error('The charge has no row. Ensure it before locking it.')
	return charge
}
