import {purchaseStateOf} from '../commerce/purchase-state'
import type {PurchaseTimelineView} from '../components/views'
import {type CrossAppContext, type Database, readCrossAppTimeline} from '../cross-app'
import {describeSyncRows} from './list-syncs'

/** One purchase across both apps; null when there is none. The page has checked that the viewer may see it. */
export async function getPurchaseTimeline(
  {db, crossApp}: {db: Database; crossApp: CrossAppContext},
  {purchaseId}: {purchaseId: string},
): Promise<PurchaseTimelineView | null> {
  const purchase = await db.purchase.findUnique({where: {id: purchaseId}})
  if (purchase === null || purchase.id !== purchaseId) return null
  const timeline = readCrossAppTimeline(crossApp, {purchaseId})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId}})
  const page = await db.contentPage.findUnique({where: {productId: purchase.productId}})
  const owner = purchase.userId === null ? null : await db.user.findUnique({where: {id: purchase.userId}})
  const syncs = await db.crossAppSync.findMany({where: {purchaseId}, orderBy: {targetProductId: 'asc'}})
  return {
    purchase: {
      id: purchase.id,
      email: owner?.email ?? origin?.buyerEmail ?? 'unknown',
      productTitle: page?.title ?? purchase.productId,
      price: {amount: origin?.amountPaid ?? 0, currency: origin?.currency ?? 'usd'},
      purchasedAt: purchase.createdAt.toISOString(),
      status: purchaseStateOf(purchase.status),
      checkoutSessionId: origin?.checkoutSessionId ?? null,
    },
    syncs: await describeSyncRows(db, syncs),
    ...(await timeline),
  }
}
