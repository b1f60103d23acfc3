import type { GrantDescription } from '@/cross-app'

/** How a purchase made here is worded, in the same shape as a grant from a bundle. */
export function describePurchase(purchase: { status: string }): GrantDescription {
	const still = { moving: false, action: null, reference: null }
	return purchase.status === 'Valid'
		? {
				...still,
				tone: 'ready',
				badge: 'Ready',
				sentence: 'You bought this course here. Every lesson is open.',
			}
		: {
				...still,
				tone: 'ended',
				badge: 'Refunded',
				sentence: 'This purchase was refunded, so access from it has ended.',
			}
}

/** Stripe's page is done, its webhook has not arrived yet: a matter of seconds. */
export const PAYMENT_ARRIVING: GrantDescription = {
	tone: 'pending',
	badge: 'Opening',
	sentence: 'Stripe has your payment. The course opens as soon as we hear from them, usually within seconds.',
	moving: true,
	action: null,
	reference: null,
}
