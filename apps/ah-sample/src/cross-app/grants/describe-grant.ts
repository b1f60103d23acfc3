import type { GrantStatus } from '@cross-app/shared'

/** A grant's state as the buyer reads it. */
export type GrantDescription = {
	/** `attention`: on hold, support can help. */
	tone: 'ready' | 'pending' | 'attention' | 'ended'
	/** One to three words. */
	badge: string
	/** One plain sentence. */
	sentence: string
	/** It may change by itself soon, so a page that shows it looks again. */
	moving: boolean
	/** What the buyer can do; `href` is absolute. */
	action: { label: string; href: string } | null
	/** What to quote to support. */
	reference: string | null
}

export type DescribableGrant = {
	status: GrantStatus
	ownerProven: boolean
	/** refund, dispute, hold; null when nothing stopped it. */
	stopReason: string | null
	sourcePurchaseId: string
}

/**
 * The only place that decides how a grant's state is worded, for every page and mail.
 *
 * @param sellerLinkUrl the seller's account page, where accounts are linked
 */
export function describeGrant(
	grant: DescribableGrant,
	{ sellerLinkUrl }: { sellerLinkUrl: string },
): GrantDescription {
	const still = { moving: false, action: null, reference: null }
	switch (grant.status) {
		case 'active':
			return {
				...still,
				tone: 'ready',
				badge: 'Ready',
				sentence: 'Part of your bundle from Total TypeScript. Every lesson is open.',
			}
		case 'pending':
			return grant.ownerProven
				? {
						...still,
						tone: 'pending',
						badge: 'Waiting for you',
						sentence: 'You bought this on Total TypeScript. Link your two accounts to open it here.',
						action: { label: 'Link your accounts', href: sellerLinkUrl },
					}
				: {
						...still,
						tone: 'pending',
						badge: 'Confirm your email',
						sentence:
							'This was bought on Total TypeScript without signing in. Open the link in your Total TypeScript receipt to confirm your address; then link your accounts.',
						action: { label: 'Go to Total TypeScript', href: sellerLinkUrl },
					}
		case 'suspended':
			return {
				...still,
				tone: 'attention',
				badge: 'On hold',
				sentence:
					grant.stopReason === 'dispute'
						? 'The payment is disputed, so the course is closed until the bank has decided.'
						: 'Total TypeScript support is looking into this purchase, so the course is closed for now.',
				action: null,
				reference: grant.sourcePurchaseId,
			}
		case 'revoked':
			return {
				...still,
				tone: 'ended',
				badge: 'Ended',
				sentence:
					grant.stopReason === 'dispute'
						? 'The payment was reversed by the bank, so access from this bundle has ended.'
						: grant.stopReason === 'refund'
							? 'The bundle was refunded, so access from it has ended.'
							: 'Access from this bundle has ended.',
			}
	}
}
