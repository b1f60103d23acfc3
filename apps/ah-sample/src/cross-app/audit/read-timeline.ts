import { asc, desc, eq, gte } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { readDatabaseClock } from '../database/clock'
import { auditEvents } from '../schema'

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

/**
 * What happened here: to one purchase from its beginning, or to anything since a moment. Oldest first; at most `limit`
 * rows, the newest when there are more.
 */
export async function readTimeline(
	context: Pick<CrossAppContext, 'db'>,
	input: ({ purchaseId: string } | { since: Date }) & { limit: number },
): Promise<{ rows: TimelineRow[]; now: string }> {
	const now = await readDatabaseClock(context.db)
	const rows = await context.db
		.select()
		.from(auditEvents)
		.where(
			'purchaseId' in input ? eq(auditEvents.purchaseId, input.purchaseId) : gte(auditEvents.at, input.since),
		)
		.orderBy(desc(auditEvents.at), asc(auditEvents.id))
		.limit(input.limit)
	return {
		rows: rows.reverse().map((row) => ({ ...row, at: row.at.toISOString() })),
		now: now.toISOString(),
	}
}
