import { eq, inArray } from 'drizzle-orm'
import type { Executor, Transaction } from '../context'
import { hostUsers } from '../host-tables'
import { addressOf } from './address-of'

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

/** Users here by their address, normalised. The host's column folds case and accents: what is found is compared again. */
export async function findUsersByEmail(db: Executor, address: string): Promise<HostUser[]> {
	const rows = await db.select().from(hostUsers).where(eq(hostUsers.email, address))
	return rows.filter((row) => addressOf(row) === address)
}
