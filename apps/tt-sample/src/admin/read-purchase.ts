import {purchaseStateOf} from '../commerce/purchase-state'
import type {AdminPurchase, ChargeFactView, SyncDetail} from '../components/admin/views'
import {type Database, readCrossAppTimeline} from '../cross-app'
import type {CrossAppSync} from '../generated/prisma/client'
import type {HostContext} from '../server/host-context'
import {describeSyncRows} from './describe-sync-rows'
import {listMails} from './list-mails'

/** One purchase across both apps; null when there is none. The page has checked that the viewer may see it. */
export async function readPurchaseForAdmin(
  {db, crossApp}: HostContext,
  {purchaseId}: {purchaseId: string},
): Promise<AdminPurchase | null> {
  const purchase = await db.purchase.findUnique({where: {id: purchaseId}})
  if (purchase === null || purchase.id !== purchaseId) return null
  const timeline = readCrossAppTimeline(crossApp, {purchaseId})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId}})
  const page = await db.contentPage.findUnique({where: {productId: purchase.productId}})
  const owner = purchase.userId === null ? null : await db.user.findUnique({where: {id: purchase.userId}})
  const syncs = await db.crossAppSync.findMany({where: {purchaseId}, orderBy: {targetProductId: 'asc'}})
  const charge =
    purchase.merchantChargeId === null
      ? null
      : await db.merchantCharge.findUnique({where: {id: purchase.merchantChargeId}})
  const currency = origin?.currency ?? 'usd'
  const rows = await describeSyncRows(crossApp, syncs)
  return {
    purchase: {
      id: purchase.id,
      userId: purchase.userId,
      email: owner?.email ?? origin?.buyerEmail ?? 'Owner unknown',
      productTitle: page?.title ?? purchase.productId,
      price: {amount: origin?.amountPaid ?? 0, currency},
      purchasedAt: purchase.createdAt.toISOString(),
      status: purchaseStateOf(purchase.status),
      checkoutSessionId: origin?.checkoutSessionId ?? null,
      chargeId: charge?.identifier ?? null,
    },
    facts: charge === null ? [] : await listFacts(db, charge.identifier, currency),
    syncs: rows.map((row) => ({...row, ...detailOf(syncs.find(({id}) => id === row.syncId)!)})),
    mails: await listMails(db, {purchaseIds: [purchaseId], userId: null}),
    ...(await timeline),
  }
}

function detailOf(sync: CrossAppSync): Pick<SyncDetail, 'holdReason' | 'frozen' | 'confirmed'> {
  return {
    holdReason: sync.holdReason,
    frozen: sync.frozenAt !== null,
    confirmed:
      sync.mirrorStatus === null
        ? null
        : {
            state: sync.mirrorStatus,
            stateVersion: sync.stateVersion,
            userId: sync.targetUserId,
            grantId: sync.targetGrantId,
            at: (sync.revokedAt ?? sync.syncedAt)?.toISOString() ?? null,
          },
  }
}

async function listFacts(db: Database, chargeId: string, currency: string): Promise<ChargeFactView[]> {
  const facts = await db.chargeFact.findMany({where: {chargeId}, orderBy: [{createdAt: 'asc'}, {id: 'asc'}]})
  return facts.map((fact) => ({
    id: fact.id,
    kind: fact.kind === 'dispute' ? 'dispute' : 'refund',
    amount: {amount: fact.amount, currency},
    status: fact.status,
    since: fact.createdAt.toISOString(),
  }))
}
