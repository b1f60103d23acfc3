import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { readDatabaseClock } from '../database/clock'
import { outbox } from '../schema'

/** Ages in seconds; 0 when nothing waits. */
export type Backlog = {
	/** Of the oldest event that has not got out. Readiness is judged by it, without asking Inngest. */
	oldestSeconds: number
	/** Of the oldest mail that no provider has accepted. Work goes on without mails, so it is only told. */
	oldestMailSeconds: number
}

/** How long the oldest unsent rows have been waiting. */
export async function readBacklog({ db }: Pick<CrossAppContext, 'db'>): Promise<Backlog> {
	const [event, mail] = await Promise.all([oldestOf(db, 'event'), oldestOf(db, 'email')])
	if (event === null && mail === null) return { oldestSeconds: 0, oldestMailSeconds: 0 }
	const now = await readDatabaseClock(db)
	const ageOf = (since: Date | null) =>
		since === null ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1000)
	return { oldestSeconds: ageOf(event), oldestMailSeconds: ageOf(mail) }
}

async function oldestOf(db: CrossAppContext['db'], kind: 'event' | 'email'): Promise<Date | null> {
	const [oldest] = await db
		.select({ createdAt: outbox.createdAt })
		.from(outbox)
		.where(and(isNotNull(outbox.nextAttemptAt), eq(outbox.kind, kind)))
		.orderBy(asc(outbox.createdAt))
		.limit(1)
	return oldest?.createdAt ?? null
}
