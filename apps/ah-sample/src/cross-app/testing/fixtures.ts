import { type DesiredState, type LinkToken, stableId } from '@cross-app/shared'
import { and, asc, eq, isNull, like, sql } from 'drizzle-orm'
import { applyRevision } from '../grants/apply-revision'
import type { DesiredRevision } from '../grants/desired-revision'
import type { GrantRow } from '../grants/grant-row'
import { GRANT_SOURCE_TYPE } from '../grants/open-entitlements'
import { context, db } from '../host'
import { hostAccounts, hostEntitlements, hostUsers } from '../host-tables'
import { accountLinks, auditEvents, crossAppGrants, outbox, providerAccountsSeen } from '../schema'

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

/** What a link token of this owner says, once verified. */
export function aToken(owner: { userId: string; email: string }): LinkToken {
	return {
		tokenId: randomId('token'),
		sellerUserId: owner.userId,
		sellerEmail: owner.email,
		sellerName: null,
		returnTo: null,
		expiresAt: new Date(Date.now() + 600_000),
	}
}

/** A buyer with a course and a user here; nothing links them. */
export async function makeUnlinkedBuyer() {
	return { owner: makeOwner(), user: await makeUser(), ...(await makeCourse()) }
}

/** An account at a sign-in provider that a user here holds; attached long ago unless told otherwise. */
export async function makeProviderAccount(input: {
	userId: string
	provider?: 'github' | 'discord'
	providerAccountId?: string
	attached?: { at: Date; newUser: boolean }
}) {
	const account = {
		userId: input.userId,
		provider: input.provider ?? ('github' as const),
		providerAccountId: input.providerAccountId ?? randomId('provider'),
	}
	await db.execute(
		sql`INSERT INTO AI_Account (userId, type, provider, providerAccountId) VALUES (${account.userId}, 'oauth', ${account.provider}, ${account.providerAccountId})`,
	)
	if (input.attached !== undefined) {
		const { at: attachedAt, newUser } = input.attached
		await db.insert(providerAccountsSeen).values({ ...account, attachedAt, newUser })
	}
	return account
}

export async function detachProviderAccount(providerAccountId: string): Promise<void> {
	await db.delete(hostAccounts).where(eq(hostAccounts.providerAccountId, providerAccountId))
}

export async function readLinkOf(linkedUserId: string) {
	const [row] = await db.select().from(accountLinks).where(eq(accountLinks.linkedUserId, linkedUserId))
	return row
}

/** The mails queued about something: their templates, in the order of the alphabet. */
export async function queuedEmails(about: string): Promise<string[]> {
	const rows = await db
		.select({ name: outbox.name })
		.from(outbox)
		.where(and(eq(outbox.kind, 'email'), like(outbox.dedupeKey, `%:${about}:%`)))
	return rows.map((row) => row.name).sort()
}

/** What was audited of a user of the seller, or of another subject, oldest first. */
export async function auditedOf(subject: string) {
	return db
		.select()
		.from(auditEvents)
		.where(eq(auditEvents.subject, subject))
		.orderBy(asc(auditEvents.at), asc(auditEvents.id))
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
