import { type AlertDescription, describeAlert } from '@/cross-app'

/** What AI Hero's own shop alerts. */
export const SHOP_ALERTS: Record<string, AlertDescription> = {
	'purchase-without-access': {
		title: 'A purchase here opened nothing',
		meaning:
			'Somebody paid on AI Hero itself, and their account or the product is not there. The purchase is kept.',
		whatToDo:
			'Add the product, or ask the buyer which account they use. Then open it for them, or refund it.',
	},
	'unknown-checkout': {
		title: 'A payment that is not ours',
		meaning: 'Stripe reported a paid session that names no product or no buyer of AI Hero.',
		whatToDo:
			'Look the session up in Stripe. If another shop uses the same account, give it a webhook of its own.',
	},
}

/** What any alert of this app means and what to do about it. */
export function describeAnyAlert(kind: string): AlertDescription {
	return describeAlert(kind, SHOP_ALERTS)
}
