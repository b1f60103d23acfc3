import { type DesiredState, stableId } from '@cross-app/shared'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { applyRevision } from '../grants/apply-revision'
import type { DesiredRevision } from '../grants/desired-revision'
import type { GrantRow } from '../grants/grant-row'
import { GRANT_SOURCE_TYPE } from '../grants/open-entitlements'
import { context, db } from '../host'
import { hostEntitlements, hostUsers } from '../host-tables'
import { accountLinks, auditEvents, crossAppGrants } from '../schema'

/** Every test brings its own people, courses and purchases: nothing here is shared, so tests run in any order. */
export const randomId = (kind: string): string => `${kind}_${crypto.randomUUID()}`

export type TestUser = { id: string; email: string }

/** A user here; their address counts as verified unless told otherwise. */
export async function makeUser(input: { email?: string; verified?: boolean } = {}): Promise<TestUser> {
	const user = { id: randomId('user_ah'), email: input.email ?? `${randomId('mail')}@example.com` }
	await db
		.insert(hostUsers)
		.values({ ...user, emailVerified: (input.verified ?? true) ? new Date('2026-01-05T09:00:00Z') : null })
	return user
}

export async function deleteUser(userId: string): Promise<void> {
	await db.delete(hostUsers).where(eq(hostUsers.id, userId))
}

/** A user of Total TypeScript, who exists here only by what events say. */
export function makeOwner(): { userId: string; email: string } {
	return { userId: randomId('user_tt'), email: `${randomId('owner')}@example.com` }
}

/** A product with its content, in the host's tables. */
export async function makeCourse(input: { resources?: number } = {}): Promise<{
	productId: string
	resourceIds: string[]
}> {
	const productId = randomId('product')
	const resourceIds = Array.from({ length: input.resources ?? 1 }, () => randomId('resource'))
	await db.execute(
		sql`INSERT IGNORE INTO AI_EntitlementType (id, name) VALUES ('type-content-access', 'workshop_content_access')`,
	)
	await db.execute(sql`INSERT INTO AI_Product (id, name) VALUES (${productId}, ${`Course ${productId}`})`)
	for (const [position, resourceId] of resourceIds.entries()) {
		await db.execute(
			sql`INSERT INTO AI_ContentResource (id, type, createdById, fields) VALUES (${resourceId}, 'workshop', 'seed', ${JSON.stringify({ slug: resourceId, title: 'A course', tagline: '', description: '' })})`,
		)
		await db.execute(
			sql`INSERT INTO AI_ContentResourceProduct (productId, resourceId, position) VALUES (${productId}, ${resourceId}, ${position})`,
		)
	}
	return { productId, resourceIds }
}

/** A live link, as the link verb would leave it. */
export async function makeLink(input: {
	userId: string
	linkedUserId: string
	linkRevision?: number
}): Promise<void> {
	const linkedApp = 'total-typescript'
	const link = {
		userId: input.userId,
		linkRevision: input.linkRevision ?? 1,
		linkMethod: 'explicit',
		linkedAt: new Date('2026-01-05T09:00:00Z'),
	}
	await db
		.insert(accountLinks)
		.values({
			id: await stableId('account-link', linkedApp, input.linkedUserId),
			linkedApp,
			linkedUserId: input.linkedUserId,
			...link,
		})
		.onDuplicateKeyUpdate({ set: link })
}

/** What a bundle sale sets up: an owner, their linked user here, a course. */
export async function makeLinkedBuyer() {
	const owner = makeOwner()
	const user = await makeUser()
	await makeLink({ userId: user.id, linkedUserId: owner.userId })
	return { owner, user, ...(await makeCourse()) }
}

/** One revision of a purchase; what is not given is that of an ordinary first purchase. */
export function aRevision(input: {
	owner: { userId: string; email: string }
	productId: string
	purchaseId?: string
	revision?: number
	state?: DesiredState['state']
	proven?: boolean
	restriction?: string | null
	stateVersionSeen?: number
	unlinkingLinkRevision?: number
}): DesiredRevision {
	const purchaseId = input.purchaseId ?? randomId('purchase')
	const state = input.state ?? 'granted'
	return {
		sourceApp: 'total-typescript',
		purchaseId,
		productId: input.productId,
		syncId: `sync_${purchaseId}`,
		incoming: {
			revision: input.revision ?? 1,
			stateVersionSeen: input.stateVersionSeen ?? 0,
			unlinkingLinkRevision: input.unlinkingLinkRevision ?? null,
			desired: {
				state,
				ownerUserId: input.owner.userId,
				ownerEmail: input.owner.email,
				ownerProven: input.proven ?? true,
				restriction: input.restriction ?? null,
			},
		},
		stopReason: state === 'granted' ? null : state === 'revoked' ? 'refund' : 'dispute',
		purchasedAt: state === 'granted' ? '2026-11-20T10:00:00.000Z' : null,
	}
}

/** A later revision of the same purchase. */
export function nextRevision(
	previous: DesiredRevision,
	change: {
		state?: DesiredState['state']
		owner?: { userId: string; email: string }
		proven?: boolean
	} = {},
): DesiredRevision {
	const { desired, revision } = previous.incoming
	return aRevision({
		owner: change.owner ?? { userId: desired.ownerUserId, email: desired.ownerEmail },
		productId: previous.productId,
		purchaseId: previous.purchaseId,
		revision: revision + 1,
		state: change.state ?? desired.state,
		proven: change.proven ?? desired.ownerProven,
	})
}

/** Applies revisions one after the other, with the app's own context. */
export async function apply(...revisions: DesiredRevision[]) {
	const results = []
	for (const revision of revisions) results.push(await applyRevision(context, revision))
	return results
}

export async function readGrantOf(revision: DesiredRevision): Promise<GrantRow | null> {
	const rows = await db
		.select()
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourcePurchaseId, revision.purchaseId),
				eq(crossAppGrants.productId, revision.productId),
			),
		)
	if (rows.length > 1) throw new Error('There are two grants of one key.')
	return rows[0] ?? null
}

/** The Entitlement rows that are open because of grants, for one user. */
export function openRowsOf(userId: string) {
	return db
		.select()
		.from(hostEntitlements)
		.where(
			and(
				eq(hostEntitlements.userId, userId),
				eq(hostEntitlements.sourceType, GRANT_SOURCE_TYPE),
				isNull(hostEntitlements.deletedAt),
			),
		)
}

/** The actions audited for a purchase, oldest first. */
export async function auditedActions(purchaseId: string): Promise<string[]> {
	const rows = await db
		.select({ action: auditEvents.action })
		.from(auditEvents)
		.where(eq(auditEvents.purchaseId, purchaseId))
		.orderBy(asc(auditEvents.at))
	return rows.map((row) => row.action)
}
