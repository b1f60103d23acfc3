import { and, asc, desc, eq, gte, inArray, type SQL } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { readDatabaseClock } from '../database/clock'
import { accountLinks, auditEvents, crossAppGrants } from '../schema'

export type TimelineRow = {
	id: string
	/** ISO 8601, this database's clock. */
	at: string
	actor: string
	action: string
	purchaseId: string | null
	subject: string
	data: Record<string, string | number | boolean | null>
}

/** A person's purchases whose rows are read; the newest, when there are more. */
const PURCHASES_OF_PERSON = 100

/** Whose rows: of the sellers' users and of the users here that are meant. */
export type TimelineOfPerson = {
	sellerUserIds: string[]
	userIds: string[]
	/** Also what these users did to others, which the other app is not told. */
	withActs: boolean
}

type Reading = Pick<CrossAppContext, 'db'>

/**
 * What happened here: to one purchase from its beginning, to a user of the seller, or to anything since a moment. Oldest
 * first; at most `limit` rows, the newest when there are more.
 */
export async function readTimeline(
	context: Reading,
	input: ({ purchaseId: string } | { sellerUserId: string } | { since: Date }) & { limit: number },
): Promise<{ rows: TimelineRow[]; now: string }> {
	const now = await readDatabaseClock(context.db)
	const { limit } = input
	if ('sellerUserId' in input) {
		return { rows: await readTimelineOfSellerUser(context, input), now: now.toISOString() }
	}
	const condition =
		'purchaseId' in input ? eq(auditEvents.purchaseId, input.purchaseId) : gte(auditEvents.at, input.since)
	return { rows: oldestFirst(await newestRows(context, condition, limit)), now: now.toISOString() }
}

/** A user of the seller: their purchases and links, and what the live link's user here did to their own account. */
async function readTimelineOfSellerUser(
	context: Reading,
	{ sellerUserId, limit }: { sellerUserId: string; limit: number },
): Promise<TimelineRow[]> {
	const [link] = await context.db
		.select({ userId: accountLinks.userId })
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), eq(accountLinks.linkedUserId, sellerUserId)))
	const userIds = link?.userId ? [link.userId] : []
	return readTimelineOfPerson(context, { sellerUserIds: [sellerUserId], userIds, withActs: false, limit })
}

/** Everything written down about one person. Each part is read by its own key, and the newest of all are kept. */
export async function readTimelineOfPerson(
	context: Reading,
	input: TimelineOfPerson & { limit: number },
): Promise<TimelineRow[]> {
	const { sellerUserIds, userIds, limit } = input
	const subjects = [...sellerUserIds, ...userIds]
	const purchaseIds = await readPurchaseIds(context, sellerUserIds)
	const parts = await Promise.all([
		subjects.length === 0 ? [] : newestRows(context, inArray(auditEvents.subject, subjects), limit),
		purchaseIds.length === 0 ? [] : newestRows(context, inArray(auditEvents.purchaseId, purchaseIds), limit),
		!input.withActs || userIds.length === 0
			? []
			: newestRows(context, inArray(auditEvents.actor, userIds.map(actorOf)), limit),
	])
	const byId = new Map(parts.flat().map((row) => [row.id, row]))
	const newest = [...byId.values()].sort((left, right) => right.at.getTime() - left.at.getTime())
	return oldestFirst(newest.slice(0, limit))
}

const actorOf = (userId: string) => `user:${userId}`

async function readPurchaseIds({ db }: Reading, sellerUserIds: string[]): Promise<string[]> {
	if (sellerUserIds.length === 0) return []
	const rows = await db
		.selectDistinct({ purchaseId: crossAppGrants.sourcePurchaseId, createdAt: crossAppGrants.createdAt })
		.from(crossAppGrants)
		.where(and(eq(crossAppGrants.sourceApp, SOURCE_APP), inArray(crossAppGrants.sourceUserId, sellerUserIds)))
		.orderBy(desc(crossAppGrants.createdAt))
		.limit(PURCHASES_OF_PERSON)
	return [...new Set(rows.map((row) => row.purchaseId))]
}

type AuditRow = typeof auditEvents.$inferSelect

function newestRows({ db }: Reading, condition: SQL, limit: number): Promise<AuditRow[]> {
	return db
		.select()
		.from(auditEvents)
		.where(condition)
		.orderBy(desc(auditEvents.at), asc(auditEvents.id))
		.limit(limit)
}

function oldestFirst(newest: AuditRow[]): TimelineRow[] {
	return [...newest].reverse().map((row) => ({ ...row, at: row.at.toISOString() }))
}
