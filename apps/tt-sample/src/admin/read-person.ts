import {purchaseStateOf} from '../commerce/purchase-state'
import {listSignInWays} from '../commerce/read-account'
import type {AdminPerson} from '../components/admin/views'
import {readCrossAppTimeline, readLinkView} from '../cross-app'
import type {HostContext} from '../server/host-context'
import {isAdmin} from '../server/is-admin'
import {describeSyncRows} from './describe-sync-rows'
import {listMails} from './list-mails'

const MAX_PURCHASES = 50

/**
 * Everything both apps know about one person; null when this app has never had such a user. Somebody who deleted their
 * account is still there as far as their purchases and links are.
 */
export async function readPersonForAdmin(
  {db, crossApp}: HostContext,
  {userId}: {userId: string},
): Promise<AdminPerson | null> {
  const found = await db.user.findUnique({where: {id: userId}, include: {accounts: true}})
  // The host's table compares without letter case.
  const user = found !== null && found.id === userId ? found : null
  const link = await db.accountLink.findFirst({where: {userId, linkedApp: 'ai-hero'}})
  const purchases = await listPurchases(db, userId)
  const known = user !== null || link !== null || purchases.length > 0
  if (
    !known &&
    (await db.auditEvent.findFirst({where: {subject: userId, action: 'user.deleted'}})) === null
  ) {
    return null
  }
  const timeline = readCrossAppTimeline(crossApp, {userId})
  const purchaseIds = purchases.map(({id}) => id)
  const syncs = await db.crossAppSync.findMany({
    where: {purchaseId: {in: purchaseIds}},
    orderBy: {targetProductId: 'asc'},
  })
  const rows = await describeSyncRows(crossApp, syncs)
  const origins = await db.purchaseOrigin.findMany({where: {purchaseId: {in: purchaseIds}}})
  const pages = await db.contentPage.findMany({
    where: {productId: {in: purchases.map(({productId}) => productId)}},
  })
  return {
    userId,
    name: user?.name ?? null,
    email: user?.email ?? null,
    emailConfirmedAt: user?.emailVerified?.toISOString() ?? null,
    role: user !== null && isAdmin(user.roles) ? 'ADMIN' : 'USER',
    link: await readLinkView(crossApp, {userId}),
    aiHeroUserId: link?.linkedUserId ?? null,
    signInWays: user === null ? [] : await listSignInWays(db, user, []),
    purchases: purchases.map((purchase) => {
      const origin = origins.find(({purchaseId}) => purchaseId === purchase.id)
      return {
        id: purchase.id,
        productTitle:
          pages.find(({productId}) => productId === purchase.productId)?.title ?? purchase.productId,
        price: {amount: origin?.amountPaid ?? 0, currency: origin?.currency ?? 'usd'},
        purchasedAt: purchase.createdAt.toISOString(),
        status: purchaseStateOf(purchase.status),
        syncs: rows.filter(({purchaseId}) => purchaseId === purchase.id),
      }
    }),
    mails: await listMails(db, {purchaseIds, userId}),
    ...(await timeline),
  }
}

async function listPurchases(db: HostContext['db'], userId: string) {
  const purchases = await db.purchase.findMany({
    where: {userId},
    orderBy: [{createdAt: 'desc'}, {id: 'asc'}],
    take: MAX_PURCHASES,
  })
  return purchases.filter((purchase) => purchase.userId === userId)
}
