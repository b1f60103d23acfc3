import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { addressOf } from '../links/address-of'
import { findUsersByEmail, readUsers } from '../links/find-users'
import { crossAppGrants } from '../schema'
import { attentionConditions, type GrantAttention, readAttention } from './grant-attention'
import { type GrantRow, statusOf } from './grant-row'

export type GrantFilter = {
	desiredState: 'granted' | 'suspended' | 'revoked' | null
	/** `active`: claimed and granted, so the course is open. */
	claim: 'claimed' | 'unclaimed' | 'active' | null
	/** Only what a person should look at. */
	attention: boolean
	productId: string | null
	/** Changed at or after this moment. */
	changedSince: Date | null
	/** An address, or the id of a grant, a purchase, or a user on either app; exactly. */
	search: string | null
}

/** After this grant the next page starts. */
export type GrantCursor = { updatedAt: Date; id: string }

export type ListedGrant = {
	grantId: string
	purchaseId: string
	productId: string
	status: ReturnType<typeof statusOf>
	desiredState: GrantRow['desiredState']
	stopReason: string | null
	revision: number
	ownerUserId: string
	ownerEmail: string
	ownerProven: boolean
	/** Null while nobody has claimed it. `email` is null when that account is gone. */
	claimant: { userId: string; email: string | null } | null
	/** ISO 8601. */
	updatedAt: string
	attention: GrantAttention[]
}

export type GrantsPage = { grants: ListedGrant[]; next: GrantCursor | null }

/**
 * Grants for support, those that changed last first. A search for an address means the owner's, while it waits and
 * afterwards, and the claimant's. What can't be answered by one key is asked in parts, each by its own.
 */
export async function listGrants(
	context: Pick<CrossAppContext, 'db'>,
	input: { filter: GrantFilter; after: GrantCursor | null; limit: number },
): Promise<GrantsPage> {
	const { filter, after, limit } = input
	const always = [...filterConditions(filter), isAfter(after)]
	const searched = filter.search === null ? null : await searchConditions(context, filter.search)
	const wanting = filter.attention ? await attentionConditions(context) : null
	const parts = searched ?? wanting ?? [undefined]
	const also = searched !== null && wanting !== null ? or(...wanting) : undefined
	const found = await Promise.all(
		parts.map((part) =>
			context.db
				.select()
				.from(crossAppGrants)
				.where(and(part, also, ...always))
				.orderBy(desc(crossAppGrants.updatedAt), desc(crossAppGrants.id))
				.limit(limit + 1),
		),
	)
	const byId = new Map(found.flat().map((row) => [row.id, row]))
	const newest = [...byId.values()].sort(byNewest)
	const page = newest.slice(0, limit)
	const last = newest.length > limit ? page[page.length - 1] : undefined
	return {
		grants: await describeListedGrants(context, page),
		next: last === undefined ? null : { updatedAt: last.updatedAt, id: last.id },
	}
}

/** Stored grants as lists show them: with their claimants' addresses, and what is wrong with them. */
export async function describeListedGrants(
	context: Pick<CrossAppContext, 'db'>,
	rows: GrantRow[],
): Promise<ListedGrant[]> {
	const claimantIds = [...new Set(rows.flatMap((row) => row.userId ?? []))]
	const [users, attention] = await Promise.all([
		readUsers(context.db, claimantIds),
		readAttention(context, rows),
	])
	return rows.map((row) => ({
		grantId: row.id,
		purchaseId: row.sourcePurchaseId,
		productId: row.productId,
		status: statusOf(row),
		desiredState: row.desiredState,
		stopReason: row.stopReason,
		revision: row.revision,
		ownerUserId: row.sourceUserId,
		ownerEmail: row.ownerEmail,
		ownerProven: row.ownerProven,
		claimant:
			row.userId === null ? null : { userId: row.userId, email: users.get(row.userId)?.email ?? null },
		updatedAt: row.updatedAt.toISOString(),
		attention: attention.get(row.id) ?? [],
	}))
}

function filterConditions({ desiredState, claim, productId, changedSince }: GrantFilter) {
	return [
		desiredState === null ? undefined : eq(crossAppGrants.desiredState, desiredState),
		claim === 'active' ? eq(crossAppGrants.status, 'active') : undefined,
		claim === 'claimed' ? isNotNull(crossAppGrants.userId) : undefined,
		claim === 'unclaimed' ? isNull(crossAppGrants.userId) : undefined,
		productId === null ? undefined : eq(crossAppGrants.productId, productId),
		changedSince === null ? undefined : gte(crossAppGrants.updatedAt, changedSince),
	]
}

async function searchConditions(context: Pick<CrossAppContext, 'db'>, search: string): Promise<SQL[]> {
	if (!search.includes('@')) {
		return [
			eq(crossAppGrants.id, search),
			ofSeller(eq(crossAppGrants.sourcePurchaseId, search)),
			ofSeller(eq(crossAppGrants.sourceUserId, search)),
			eq(crossAppGrants.userId, search),
		]
	}
	const address = addressOf({ email: search })
	if (address === null) return []
	const users = await findUsersByEmail(context.db, address)
	return [
		// While it waits it has the same address once more, as `pendingForEmail`.
		eq(crossAppGrants.ownerEmail, address),
		...(users.length === 0
			? []
			: [
					inArray(
						crossAppGrants.userId,
						users.map((user) => user.id),
					),
				]),
	]
}

/** Both keys on what the seller names start with the seller. */
function ofSeller(condition: SQL): SQL {
	return and(eq(crossAppGrants.sourceApp, SOURCE_APP), condition) ?? condition
}

function isAfter(after: GrantCursor | null): SQL | undefined {
	if (after === null) return undefined
	// The first half alone is what the key is entered by.
	return and(
		lte(crossAppGrants.updatedAt, after.updatedAt),
		or(lt(crossAppGrants.updatedAt, after.updatedAt), lt(crossAppGrants.id, after.id)),
	)
}

function byNewest(left: GrantRow, right: GrantRow): number {
	return right.updatedAt.getTime() - left.updatedAt.getTime() || (left.id < right.id ? 1 : -1)
}
