import { stableId } from '@cross-app/shared'
import type { CrossAppContext, ProductContent, Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { hostEntitlements } from '../host-tables'

/** Marks the rows that belong to a grant: "already owns it" checks look at it, so a grant hides no real purchase. */
export const GRANT_SOURCE_TYPE = 'CROSS_APP_GRANT'

/**
 * Opens one Entitlement row per content resource of the product, in the claimant's own organization. Their ids follow
 * from grant, user and resource: a repeat finds its own rows, and rows that were closed are opened again.
 *
 * The caller holds the locks on the AccountLink, the User and the grant.
 *
 * @returns the ids of the rows that are open now
 */
export async function openEntitlements(
	context: Pick<CrossAppContext, 'host'>,
	tx: Transaction,
	input: { grantId: string; user: { id: string; email: string }; content: ProductContent },
): Promise<string[]> {
	const { grantId, user, content } = input
	if (content.resources.length === 0) return []
	const place = await context.host.ensurePersonalOrganization(tx, user)
	const rows = await Promise.all(
		content.resources.map(async ({ resourceId, entitlementTypeId }) => ({
			id: await stableId('cross-app-entitlement', grantId, user.id, resourceId),
			entitlementType: entitlementTypeId,
			userId: user.id,
			organizationId: place.organizationId,
			organizationMembershipId: place.membershipId,
			sourceType: GRANT_SOURCE_TYPE,
			sourceId: grantId,
			// An object with contentIds, always: the real app's session breaks on anything else.
			metadata: { contentIds: [resourceId] },
		})),
	)
	for (const row of rows) {
		await tx
			.insert(hostEntitlements)
			.values(row)
			.onDuplicateKeyUpdate({
				set: {
					entitlementType: row.entitlementType,
					organizationId: row.organizationId,
					organizationMembershipId: row.organizationMembershipId,
					metadata: row.metadata,
					expiresAt: null,
					deletedAt: null,
					updatedAt: databaseNow,
				},
			})
	}
	return rows.map((row) => row.id)
}
