import {type DatabaseContext, SELF} from '../context'
import {inTransaction} from '../in-transaction'
import {recordPurchaseSyncs} from './record-purchase-syncs'

/** Purchases older than this are the daily comparison's business. */
const WINDOW_MS = 7 * 24 * 60 * 60_000
const LIMIT = 100

/**
 * Finds recent bundle purchases that lack a sync (recorded by a path that doesn't know about them) and gives them
 * theirs.
 *
 * @returns ids of the purchases that got one
 */
export async function recordMissingSyncs(context: DatabaseContext): Promise<string[]> {
  const since = new Date(context.clock.now().getTime() - WINDOW_MS)
  const rows = await context.db.$queryRaw<{id: string}[]>`
    SELECT DISTINCT p.id
    FROM Purchase p
    JOIN User u ON u.id = p.userId
    JOIN BundleItem b ON b.productId = p.productId AND b.targetApp <> ${SELF}
    LEFT JOIN CrossAppSync s
      ON s.purchaseId = p.id AND s.targetApp = b.targetApp AND s.targetProductId = b.targetProductId
    WHERE p.createdAt >= ${since} AND p.bulkCouponId IS NULL AND s.id IS NULL
    LIMIT ${LIMIT}`
  const recorded: string[] = []
  for (const {id} of rows) {
    const ids = await inTransaction(context, (tx) =>
      recordPurchaseSyncs({tx, clock: context.clock}, {purchaseId: id, actor: 'system'}),
    )
    if (ids.length > 0) recorded.push(id)
  }
  return recorded
}
