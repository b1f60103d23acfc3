import type { AppId, IncomingRevision, StopReason, VerifiedEvent } from '@cross-app/shared'
import { SOURCE_APP } from '../context'

/** One revision of what a purchase entitles to, taken out of a verified event. */
export type DesiredRevision = {
	sourceApp: AppId
	purchaseId: string
	productId: string
	syncId: string
	incoming: IncomingRevision
	/** Why access stops; null while it is granted. */
	stopReason: StopReason | null
	/** ISO 8601; only a purchase tells. */
	purchasedAt: string | null
}

/** Both events of the seller say the same kind of thing; from here on there is one shape. */
export function toDesiredRevision(
	event: VerifiedEvent<'bundle/purchased'> | VerifiedEvent<'entitlement/revoke'>,
): DesiredRevision {
	const { data } = event
	const stopped = event.name === 'entitlement/revoke'
	return {
		sourceApp: SOURCE_APP,
		purchaseId: data.purchaseId,
		productId: data.targetProductId,
		syncId: data.syncId,
		incoming: {
			revision: data.revision,
			stateVersionSeen: data.stateVersionSeen,
			unlinkingLinkRevision: data.unlinkingLinkRevision ?? null,
			desired: {
				state: stopped ? (event.data.mode === 'suspend' ? 'suspended' : 'revoked') : 'granted',
				ownerUserId: data.owner.userId,
				ownerEmail: data.owner.email,
				ownerProven: data.owner.proven,
				restriction: data.restriction ?? null,
			},
		},
		stopReason: stopped ? event.data.reason : null,
		purchasedAt: stopped ? null : event.data.purchasedAt,
	}
}
