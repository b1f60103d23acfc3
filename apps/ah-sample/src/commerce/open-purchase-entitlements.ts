import { stableId } from '@cross-app/shared'
import { ensurePersonalOrganization } from '@/access/ensure-personal-organization'
import { readProductContent } from '@/access/read-product-content'
import type { Executor } from '@/db/executor'
import { entitlements } from '@/db/schema'

export const PURCHASE_SOURCE_TYPE = 'PURCHASE'

/** Opens what a purchase made here entitles to. The caller holds the lock on the User row. */
export async function openPurchaseEntitlements(
	tx: Executor,
	input: { purchaseId: string; productId: string; user: { id: string; email: string } },
): Promise<void> {
	const { purchaseId, user } = input
	const content = await readProductContent(tx, input.productId)
	if (content === null) return
	const place = await ensurePersonalOrganization(tx, user)
	for (const { resourceId, entitlementTypeId } of content.resources) {
		await tx
			.insert(entitlements)
			.ignore()
			.values({
				id: await stableId('purchase-entitlement', purchaseId, user.id, resourceId),
				entitlementType: entitlementTypeId,
				userId: user.id,
				organizationId: place.organizationId,
				organizationMembershipId: place.membershipId,
				sourceType: PURCHASE_SOURCE_TYPE,
				sourceId: purchaseId,
				metadata: { contentIds: [resourceId] },
			})
	}
}
