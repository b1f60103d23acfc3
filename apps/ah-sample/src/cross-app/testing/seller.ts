import { type CrossAppEvent, type CrossAppSecrets, createBridge } from '@cross-app/shared'
import { signedEvent } from '@cross-app/shared/testing'
import { env } from '../host'

/** The other app, with the same secret: its end of the bridge and the events it would send. */
export const sellerSecrets: CrossAppSecrets = { current: env.CROSS_APP_SECRET }

export const sellerBridge = createBridge({
	self: 'total-typescript',
	peer: 'ai-hero',
	environment: env.CROSS_APP_ENVIRONMENT,
	secrets: sellerSecrets,
	eventApi: { baseUrl: 'http://127.0.0.1:1', eventKey: 'unused' },
})

/** An event as it would arrive from Total TypeScript; what is given instead makes it one that must be rejected. */
export function fromSeller(
	event: CrossAppEvent,
	changed: {
		secrets?: CrossAppSecrets
		environment?: string
		from?: 'total-typescript' | 'ai-hero'
		to?: 'total-typescript' | 'ai-hero'
	} = {},
) {
	return signedEvent(
		{
			secrets: changed.secrets ?? sellerSecrets,
			environment: changed.environment ?? env.CROSS_APP_ENVIRONMENT,
			from: changed.from ?? 'total-typescript',
			to: changed.to ?? 'ai-hero',
		},
		event,
	)
}

/** A first purchase, as `bundle/purchased`. */
export function bundlePurchased(input: {
	owner: { userId: string; email: string }
	productId: string
	purchaseId: string
	revision?: number
}): Extract<CrossAppEvent, { name: 'bundle/purchased' }> {
	return {
		name: 'bundle/purchased',
		data: {
			v: 1,
			syncId: `sync_${input.purchaseId}`,
			purchaseId: input.purchaseId,
			targetProductId: input.productId,
			revision: input.revision ?? 1,
			stateVersionSeen: 0,
			owner: { ...input.owner, proven: true },
			purchasedAt: '2026-11-20T10:00:00.000Z',
			reason: 'purchase',
		},
	}
}

/** Its full refund, as `entitlement/revoke`. */
export function entitlementRevoke(input: {
	owner: { userId: string; email: string }
	productId: string
	purchaseId: string
	revision?: number
}): Extract<CrossAppEvent, { name: 'entitlement/revoke' }> {
	return {
		name: 'entitlement/revoke',
		data: {
			v: 1,
			syncId: `sync_${input.purchaseId}`,
			purchaseId: input.purchaseId,
			targetProductId: input.productId,
			revision: input.revision ?? 2,
			stateVersionSeen: 0,
			owner: { ...input.owner, proven: true },
			mode: 'revoke',
			reason: 'refund',
		},
	}
}
