import { and, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { hostEntitlements } from '../host-tables'

/**
 * Closes a grant's Entitlement rows by their ids, so that no other row, bought or given, can be hit. Closed rows stay,
 * with `deletedAt`, as the real app's readers expect.
 */
export async function closeEntitlements(tx: Transaction, ids: string[]): Promise<void> {
	if (ids.length === 0) return
	await tx
		.update(hostEntitlements)
		.set({ deletedAt: databaseNow, updatedAt: databaseNow })
		.where(and(inArray(hostEntitlements.id, ids), isNull(hostEntitlements.deletedAt)))
}
