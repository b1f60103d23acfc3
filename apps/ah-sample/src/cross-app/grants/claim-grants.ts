import { and, asc, eq, isNull } from 'drizzle-orm'
import { raiseAlert } from '../audit/raise-alert'
import { recordAudit } from '../audit/record-audit'
import { type CrossAppContext, SOURCE_APP, type Transaction } from '../context'
import { databaseNow } from '../database/clock'
import type { HostUser } from '../links/find-users'
import { crossAppGrants } from '../schema'
import { type GrantRow, toGrantColumns, toGrantRevision } from './grant-row'
import { matchEntitlements } from './match-entitlements'

/**
 * Claims, for the user a link names, every grant of the seller's user that nobody has claimed, in any state: one that
 * is suspended opens for them when it is restored. By the seller's user id, never by an address, and only where the
 * owner is proven (ADR 5). What the seller has asked to keep from this link stays unclaimed.
 *
 * The caller holds the locks on the AccountLink and the User; the grants are locked here, in the order of their ids.
 *
 * @returns the grants that were claimed now
 */
export async function claimGrants(
	context: Pick<CrossAppContext, 'host' | 'log'>,
	tx: Transaction,
	input: { sellerUserId: string; user: HostUser; linkRevision: number },
): Promise<GrantRow[]> {
	const { sellerUserId, user, linkRevision } = input
	const rows = await tx
		.select()
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourceApp, SOURCE_APP),
				eq(crossAppGrants.sourceUserId, sellerUserId),
				isNull(crossAppGrants.userId),
				eq(crossAppGrants.ownerProven, true),
			),
		)
		.orderBy(asc(crossAppGrants.id))
		.for('update')
	const claimed: GrantRow[] = []
	for (const row of rows.filter((each) => mayClaim(each, input))) {
		if (await claimGrant(context, tx, { row, user, linkRevision })) claimed.push(row)
	}
	return claimed
}

/** The lock may have been waited for: what was found is looked at again. */
function mayClaim(row: GrantRow, link: { sellerUserId: string; linkRevision: number }): boolean {
	if (row.userId !== null || row.sourceUserId !== link.sellerUserId || !row.ownerProven) return false
	return row.unlinkingLinkRevision === null || link.linkRevision > row.unlinkingLinkRevision
}

async function claimGrant(
	context: Pick<CrossAppContext, 'host' | 'log'>,
	tx: Transaction,
	input: { row: GrantRow; user: HostUser; linkRevision: number },
): Promise<boolean> {
	const { row, user, linkRevision } = input
	const stored = toGrantRevision(row)
	const grant = { ...stored, claim: { userId: user.id, linkRevision }, stateVersion: stored.stateVersion + 1 }
	const content = await context.host.readProductContent(tx, row.productId)
	const entry = {
		actor: `user:${user.id}`,
		purchaseId: row.sourcePurchaseId,
		subject: row.id,
		data: {
			productId: row.productId,
			revision: row.revision,
			state: row.desiredState,
			status: toGrantColumns(grant).status,
			stateVersion: grant.stateVersion,
			linkRevision,
		},
	}
	if (content === null && row.desiredState === 'granted') {
		// One course that left the catalogue must not keep the others closed.
		await raiseAlert(context, tx, { ...entry, action: 'claim-without-product' })
		return false
	}
	const entitlementIds = await matchEntitlements(context, tx, {
		grantId: row.id,
		grant,
		openIds: row.entitlementIds,
		users: new Map([[user.id, user]]),
		productId: row.productId,
		content,
	})
	await tx
		.update(crossAppGrants)
		.set({ ...toGrantColumns(grant), claimedAt: databaseNow, entitlementIds, updatedAt: databaseNow })
		.where(eq(crossAppGrants.id, row.id))
	await recordAudit(tx, { ...entry, action: 'grant.claimed' })
	return true
}
