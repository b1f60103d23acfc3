import {deriveSyncStatus, nextSync, stableId} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import {SELF, type TransactionContext} from '../context'
import {type LockedPurchase, lockPurchase} from '../facts/lock-purchase'
import {type KnownFacts, readPurchaseFacts} from '../facts/read-purchase-facts'
import {reviseSyncsByFacts} from './revise-syncs'
import {columnsOf} from './sync-row'

/**
 * Writes one sync per course of another app that the purchase contains, at revision 1 of whatever the facts say now: a
 * purchase that was refunded before it was recorded starts out revoked (case 7). A sync that exists is brought up to
 * date instead. Call it in the transaction that records the purchase, or later for one that has none.
 *
 * A team's own purchase gets none (its seats do), nor does one without a known buyer.
 *
 * @returns ids of the purchase's syncs
 */
export async function recordPurchaseSyncs(
  context: TransactionContext,
  input: {purchaseId: string; actor: string},
): Promise<string[]> {
  const purchase = await lockPurchase(context.tx, input.purchaseId)
  if (purchase === null || purchase.bulkCouponId !== null) return []
  const items = await context.tx.bundleItem.findMany({
    where: {productId: purchase.productId, targetApp: {not: SELF}},
    orderBy: [{targetApp: 'asc'}, {targetProductId: 'asc'}],
  })
  if (items.length === 0) return []
  const facts = await readPurchaseFacts(context.tx, purchase)
  if (facts.owner === null) return []
  const ids: string[] = []
  for (const item of items) {
    ids.push(await recordSync(context, purchase, {...facts, owner: facts.owner}, item, input.actor))
  }
  await reviseSyncsByFacts(context, input, facts)
  return ids
}

async function recordSync(
  context: TransactionContext,
  purchase: LockedPurchase,
  facts: KnownFacts & {owner: NonNullable<KnownFacts['owner']>},
  item: {targetApp: string; targetProductId: string},
  actor: string,
): Promise<string> {
  const id = await stableId('sync', purchase.id, item.targetApp, item.targetProductId)
  const first = nextSync(null, {...facts, held: false})
  if (first.kind === 'unchanged') throw new Error('The first revision of a sync always exists.')
  const now = context.clock.now()
  const {revision, desired, reason} = first
  await context.tx.crossAppSync.createMany({
    data: [
      {
        id,
        purchaseId: purchase.id,
        targetApp: item.targetApp,
        targetProductId: item.targetProductId,
        ...columnsOf(desired),
        reason,
        revision,
        status: deriveSyncStatus({
          revision,
          ackedRevision: 0,
          refusedRevision: null,
          retryCount: 0,
          state: desired.state,
        }),
        createdAt: now,
        nextAttemptAt: now,
        dueSince: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  })
  await recordAudit(context, {
    actor,
    action: 'sync.recorded',
    purchaseId: purchase.id,
    subject: id,
    data: {
      revision,
      state: desired.state,
      reason,
      ownerUserId: desired.ownerUserId,
      ownerProven: desired.ownerProven,
      targetProductId: item.targetProductId,
    },
    once: [id],
  })
  return id
}
