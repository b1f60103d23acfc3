import { sql } from 'drizzle-orm'
import type { Executor } from '../context'

/** The database's own time, to the millisecond: what every `updatedAt` is set from, so that rows have one clock. */
export const databaseNow = sql<Date>`CURRENT_TIMESTAMP(3)`

/** Reads the database's clock, UTC. */
export async function readDatabaseClock(db: Executor): Promise<Date> {
	const [rows] = await db.execute(sql`SELECT UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000 AS milliseconds`)
	const row: unknown = Array.isArray(rows) ? rows[0] : undefined
	if (typeof row !== 'object' || row === null || !('milliseconds' in row)) {
		throw new Error('The database did not tell its time.')
	}
	return new Date(Math.round(Number(row.milliseconds)))
}
