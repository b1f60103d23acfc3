import {type CrossAppContext, describeSyncs, listSyncViews} from '../cross-app'
import type {SyncStatus} from '../cross-app/ui/sync-view'

/** How the courses of some purchases stand on AI Hero. */
export async function readPurchaseSyncStatus(
  crossApp: CrossAppContext,
  {purchaseIds}: {purchaseIds: string[]},
): Promise<SyncStatus> {
  const views = await listSyncViews(crossApp, {purchaseIds})
  return describeSyncs(purchaseIds.flatMap((id) => views[id] ?? []))
}

/** The same for everything a user bought. */
export async function readUserSyncStatus(
  crossApp: CrossAppContext,
  {userId}: {userId: string},
): Promise<SyncStatus> {
  const purchases = await crossApp.db.purchase.findMany({
    where: {userId},
    orderBy: {createdAt: 'desc'},
    select: {id: true},
  })
  return readPurchaseSyncStatus(crossApp, {purchaseIds: purchases.map(({id}) => id)})
}
