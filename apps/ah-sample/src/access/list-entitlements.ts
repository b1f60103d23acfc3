import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { db } from '@/db'
import { entitlements, entitlementTypes, organizationMemberships } from '@/db/schema'
import { CONTENT_ACCESS_TYPE } from './read-product-content'

export type OpenEntitlement = typeof entitlements.$inferSelect

/**
 * A user's entitlements in all their organizations, filtered as the real app's readers do: by membership, by
 * `deletedAt` and by `expiresAt`. There is no status: a row that should give nothing must be closed.
 */
export async function listEntitlements(input: { userId: string }): Promise<OpenEntitlement[]> {
	const memberships = (
		await db
			.select({ id: organizationMemberships.id, userId: organizationMemberships.userId })
			.from(organizationMemberships)
			.where(eq(organizationMemberships.userId, input.userId))
	).filter((membership) => membership.userId === input.userId)
	if (memberships.length === 0) return []
	return db
		.select()
		.from(entitlements)
		.where(
			and(
				inArray(
					entitlements.organizationMembershipId,
					memberships.map((membership) => membership.id),
				),
				isNull(entitlements.deletedAt),
				or(isNull(entitlements.expiresAt), gt(entitlements.expiresAt, sql`CURRENT_TIMESTAMP(3)`)),
			),
		)
}

/** The content a user may open: the `contentIds` of their open entitlements. Nobody signed in may open nothing. */
export async function readOpenContent(input: { userId: string | null }): Promise<Set<string>> {
	if (input.userId === null) return new Set()
	const [type] = await db
		.select()
		.from(entitlementTypes)
		.where(eq(entitlementTypes.name, CONTENT_ACCESS_TYPE))
	const open = await listEntitlements({ userId: input.userId })
	return new Set(
		open
			.filter((entitlement) => entitlement.entitlementType === type?.id)
			.flatMap((entitlement) => contentIdsOf(entitlement.metadata)),
	)
}

function contentIdsOf(metadata: Record<string, unknown> | null): string[] {
	const ids = metadata?.contentIds
	return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
}
