import { type GrantRevision, type GrantStatus, grantStatus } from '@cross-app/shared'
import type { crossAppGrants } from '../schema'

export type GrantRow = typeof crossAppGrants.$inferSelect

/** A stored grant as the decision table sees it. */
export function toGrantRevision(row: GrantRow): GrantRevision {
	return {
		revision: row.revision,
		desired: {
			state: row.desiredState,
			ownerUserId: row.sourceUserId,
			ownerEmail: row.ownerEmail,
			ownerProven: row.ownerProven,
			restriction: row.restriction,
		},
		stateVersion: row.stateVersion,
		claim: row.userId === null ? null : { userId: row.userId, linkRevision: row.claimedByLinkRevision ?? 0 },
	}
}

/** The columns that follow from a decision; ids, reasons and times are the caller's. */
export function toGrantColumns(grant: GrantRevision) {
	const status: GrantStatus = grantStatus(grant)
	const waitsForClaim = grant.claim === null && grant.desired.state !== 'revoked'
	return {
		status,
		revision: grant.revision,
		desiredState: grant.desired.state,
		sourceUserId: grant.desired.ownerUserId,
		ownerEmail: grant.desired.ownerEmail,
		ownerProven: grant.desired.ownerProven,
		restriction: grant.desired.restriction,
		pendingForEmail: waitsForClaim ? grant.desired.ownerEmail : null,
		userId: grant.claim?.userId ?? null,
		claimedByLinkRevision: grant.claim?.linkRevision ?? null,
		stateVersion: grant.stateVersion,
	}
}

/** Status as stored: written only from `grantStatus`. */
export function statusOf(row: GrantRow): GrantStatus {
	return grantStatus(toGrantRevision(row))
}
