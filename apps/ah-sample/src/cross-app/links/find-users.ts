import { inArray } from 'drizzle-orm'
import type { Executor, Transaction } from '../context'
import { hostUsers } from '../host-tables'

export type HostUser = typeof hostUsers.$inferSelect

/**
 * Locks User rows in the order of their ids, after AccountLink and before grants. Needed by whatever may look for or
 * make an organization; two of them for one person must not run side by side.
 */
export async function lockUsers(tx: Transaction, ids: string[]): Promise<Map<string, HostUser>> {
	if (ids.length === 0) return new Map()
	const rows = await tx
		.select()
		.from(hostUsers)
		.where(inArray(hostUsers.id, ids))
		.orderBy(hostUsers.id)
		.for('update')
	return byExactId(rows, ids)
}

/** Reads User rows without a lock, for what only closes. */
export async function readUsers(tx: Executor, ids: string[]): Promise<Map<string, HostUser>> {
	if (ids.length === 0) return new Map()
	return byExactId(await tx.select().from(hostUsers).where(inArray(hostUsers.id, ids)), ids)
}

/** The host's id column ignores case; an id does not. */
function byExactId(rows: HostUser[], ids: string[]): Map<string, HostUser> {
	return new Map(rows.filter((row) => ids.includes(row.id)).map((row) => [row.id, row]))
}
