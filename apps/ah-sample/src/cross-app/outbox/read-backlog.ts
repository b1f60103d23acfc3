import { asc, isNotNull } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { readDatabaseClock } from '../database/clock'
import { outbox } from '../schema'

/**
 * How long the oldest unsent row has been waiting, in seconds; 0 when nothing waits. Readiness is judged by this,
 * without asking Inngest: if events don't get out, it shows here.
 */
export async function readBacklog({ db }: Pick<CrossAppContext, 'db'>): Promise<{ oldestSeconds: number }> {
	const [oldest] = await db
		.select({ createdAt: outbox.createdAt })
		.from(outbox)
		.where(isNotNull(outbox.nextAttemptAt))
		.orderBy(asc(outbox.createdAt))
		.limit(1)
	if (oldest === undefined) return { oldestSeconds: 0 }
	const now = await readDatabaseClock(db)
	return { oldestSeconds: Math.max(0, (now.getTime() - oldest.createdAt.getTime()) / 1000) }
}
