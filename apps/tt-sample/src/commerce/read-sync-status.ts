import {type CrossAppContext, describeSyncs, listSyncViews, readLinkView} from '../cross-app'
import type {SyncStatus} from '../cross-app/ui/sync-view'
import {readPageFingerprint} from './read-page-fingerprint'

/** How the courses of some purchases stand on AI Hero. */
export async function readPurchaseSyncStatus(
  crossApp: CrossAppContext,
  {purchaseIds}: {purchaseIds: string[]},
): Promise<SyncStatus> {
  const views = await listSyncViews(crossApp, {purchaseIds})
  return {
    ...describeSyncs(purchaseIds.flatMap((id) => views[id] ?? [])),
    page: await readPageFingerprint(crossApp.db, {purchaseIds}),
  }
}

/** The same for everything a user bought, and how their account stands to the one on AI Hero. */
export async function readUserSyncStatus(
  crossApp: CrossAppContext,
  {userId}: {userId: string},
): Promise<SyncStatus> {
  const purchases = await crossApp.db.purchase.findMany({
    where: {userId},
    orderBy: {createdAt: 'desc'},
    select: {id: true},
  })
  const status = await readPurchaseSyncStatus(crossApp, {purchaseIds: purchases.map(({id}) => id)})
  const link = await readLinkView(crossApp, {userId})
  return {...status, link, settled: status.settled && link.state !== 'unlinking'}
}
