import type {SyncListPage, SyncListRow, SyncRowStatus} from '../components/views'
import {type Database, listSyncs, type SyncFilter} from '../cross-app'
import type {CrossAppSync} from '../generated/prisma/client'

const PAGE_SIZE = 25

/** Syncs for support. The page has checked that the viewer may see them. */
export async function listSyncsForAdmin(
  {db}: {db: Database},
  input: {status: SyncFilter; search: string; page: number},
): Promise<SyncListPage> {
  const {counts, rows, page, pages} = await listSyncs({db}, {...input, pageSize: PAGE_SIZE})
  return {counts, rows: await describeSyncRows(db, rows), page, pages}
}

/** Rows with the names that people know products by. */
export async function describeSyncRows(db: Database, syncs: CrossAppSync[]): Promise<SyncListRow[]> {
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
      email: sync.ownerEmail,
      productTitle: page?.title ?? purchase?.productId ?? 'unknown',
      targetProductTitle: item?.title ?? sync.targetProductId,
      targetApp: sync.targetApp,
      status: sync.status as SyncRowStatus,
      desiredState: sync.desiredState as SyncListRow['desiredState'],
      revision: sync.revision,
      ackedRevision: sync.ackedRevision,
      attempts: sync.retryCount,
      lastError: sync.errorMessage,
      nextAttemptAt: sync.nextAttemptAt?.toISOString() ?? null,
      updatedAt: sync.updatedAt.toISOString(),
    }
  })
}
