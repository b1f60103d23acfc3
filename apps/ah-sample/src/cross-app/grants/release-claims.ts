import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit'
import { SOURCE_APP, type Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { crossAppGrants } from '../schema'
import { closeEntitlements } from './close-entitlements'
import { type GrantRow, toGrantColumns, toGrantRevision } from './grant-row'

/**
 * Whose claims are freed: those that links of exactly these revisions made for a user of the seller, or all that a user
 * here holds.
 */
export type ClaimsOf = { sellerUserId: string; linkRevisions: number[] } | { userId: string }

/**
 * Frees claims: access closes, and the purchase waits for another claim. The caller holds the AccountLink rows of every
 * user of the seller concerned; the grants are locked here, in the order of their ids. Closing takes no User lock.
 *
 * @param options.check looks at the grants under their locks, before anything is written; it may throw
 * @returns the grants that were freed
 */
export async function releaseClaims(
	tx: Transaction,
	of: ClaimsOf,
	options: { actor: string; reason: string; check?: (grants: GrantRow[]) => void },
): Promise<GrantRow[]> {
	if ('linkRevisions' in of && of.linkRevisions.length === 0) return []
	const grants = await tx
		.select()
		.from(crossAppGrants)
		.where(conditionOf(of))
		.orderBy(asc(crossAppGrants.id))
		.for('update')
	options.check?.(grants)
	for (const grant of grants) await releaseClaim(tx, grant, options)
	return grants
}

function conditionOf(of: ClaimsOf): SQL | undefined {
	if ('userId' in of) return eq(crossAppGrants.userId, of.userId)
	return and(
		eq(crossAppGrants.sourceApp, SOURCE_APP),
		eq(crossAppGrants.sourceUserId, of.sellerUserId),
		inArray(crossAppGrants.claimedByLinkRevision, of.linkRevisions),
	)
}

async function releaseClaim(
	tx: Transaction,
	grant: GrantRow,
	{ actor, reason }: { actor: string; reason: string },
): Promise<void> {
	const released = { ...toGrantRevision(grant), claim: null, stateVersion: grant.stateVersion + 1 }
	await closeEntitlements(tx, grant.entitlementIds)
	await tx
		.update(crossAppGrants)
		.set({ ...toGrantColumns(released), claimedAt: null, entitlementIds: [], updatedAt: databaseNow })
		.where(eq(crossAppGrants.id, grant.id))
	await recordAudit(tx, {
		actor,
		action: 'grant.released',
		purchaseId: grant.sourcePurchaseId,
		subject: grant.id,
		data: {
			productId: grant.productId,
			revision: grant.revision,
			state: grant.desiredState,
			status: toGrantColumns(released).status,
			stateVersion: released.stateVersion,
			reason,
		},
	})
}
