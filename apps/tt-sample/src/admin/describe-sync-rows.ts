import type {SyncListRow} from '../components/admin/views'
import {type CrossAppContext, explainSyncs} from '../cross-app'
import type {CrossAppSync} from '../generated/prisma/client'

/** Syncs with the names that people know products by, and what each one's state means. */
export async function describeSyncRows(
  context: Pick<CrossAppContext, 'db' | 'clock'>,
  syncs: CrossAppSync[],
): Promise<SyncListRow[]> {
  const {db} = context
  if (syncs.length === 0) return []
  const explained = await explainSyncs(context, {syncs})
  const purchases = await db.purchase.findMany({where: {id: {in: syncs.map((sync) => sync.purchaseId)}}})
  const pages = await db.contentPage.findMany({
    where: {productId: {in: purchases.map((purchase) => purchase.productId)}},
  })
  const items = await db.bundleItem.findMany({
    where: {targetProductId: {in: syncs.map((sync) => sync.targetProductId)}},
  })
  return syncs.map((sync) => {
    const purchase = purchases.find((candidate) => candidate.id === sync.purchaseId)
    const page = pages.find((candidate) => candidate.productId === purchase?.productId)
    const item = items.find((candidate) => candidate.targetProductId === sync.targetProductId)
    return {
      syncId: sync.id,
      purchaseId: sync.purchaseId,
      ownerUserId: sync.ownerUserId,
      email: sync.ownerEmail === '' ? 'owner unknown' : sync.ownerEmail,
      productTitle: page?.title ?? purchase?.productId ?? 'an unknown product',
      targetProductTitle: item?.title ?? sync.targetProductId,
      targetApp: sync.targetApp,
      status: sync.status as SyncListRow['status'],
      desiredState: sync.desiredState as SyncListRow['desiredState'],
      revision: sync.revision,
      ackedRevision: sync.ackedRevision,
      attempts: sync.retryCount,
      lastError: sync.errorMessage,
      nextAttemptAt: sync.nextAttemptAt?.toISOString() ?? null,
      updatedAt: sync.updatedAt.toISOString(),
      explanation: explained[sync.id]!,
    }
  })
}
