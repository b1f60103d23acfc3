import type { UnlinkedBy } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import { SOURCE_APP, type Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { undoneLinks } from '../schema'

/** A user of the seller and a user here. The caller of each of these holds the lock on the AccountLink row. */
type Pair = { sellerUserId: string; userId: string }

/** Whether a person has unlinked these very two, however many links there were since (case 28). */
export async function wasPairUndone(tx: Transaction, pair: Pair): Promise<boolean> {
	const [row] = await tx.select({ userId: undoneLinks.userId }).from(undoneLinks).where(isPair(pair))
	return row !== undefined
}

/** Notes who has ended the link of these two. An account that went away, or was refused, was nobody's wish. */
export async function noteUndonePair(tx: Transaction, pair: Pair & { by: UnlinkedBy }): Promise<void> {
	const { sellerUserId, userId, by } = pair
	if (by !== 'user' && by !== 'not-me') return
	const undone = { undoneBy: by, undoneAt: databaseNow }
	await tx
		.insert(undoneLinks)
		.values({ linkedApp: SOURCE_APP, linkedUserId: sellerUserId, userId, ...undone })
		.onDuplicateKeyUpdate({ set: undone })
}

/** A person has confirmed that the two belong together: what they undid before counts no more. */
export async function forgetUndonePair(tx: Transaction, pair: Pair): Promise<void> {
	await tx.delete(undoneLinks).where(isPair(pair))
}

function isPair({ sellerUserId, userId }: Pair) {
	return and(
		eq(undoneLinks.linkedApp, SOURCE_APP),
		eq(undoneLinks.linkedUserId, sellerUserId),
		eq(undoneLinks.userId, userId),
	)
}
