import {listOwnCourses} from '../access/list-own-courses'
import type {AccountView, PurchaseView} from '../components/views'
import {type CrossAppContext, type Database, listSyncViews} from '../cross-app'
import type {LinkView} from '../cross-app/ui/link-view'
import {purchaseStateOf} from './purchase-state'

const PROVIDER_NAMES: Record<string, string> = {github: 'GitHub', discord: 'Discord'}

/** Everything the account page shows. @throws when the signed-in user is gone */
export async function getAccount(
  {db, crossApp}: {db: Database; crossApp: CrossAppContext},
  {userId}: {userId: string},
): Promise<AccountView> {
  const user = await db.user.findUniqueOrThrow({where: {id: userId}, include: {accounts: true}})
  return {
    email: user.email,
    name: user.name,
    emailConfirmed: user.emailVerified !== null,
    providers: user.accounts.map(({provider}) => PROVIDER_NAMES[provider] ?? provider),
    link: await readLink(db, userId),
    purchases: await listPurchases(db, crossApp, userId),
  }
}

async function readLink(db: Database, userId: string): Promise<LinkView> {
  const link = await db.accountLink.findUnique({where: {userId_linkedApp: {userId, linkedApp: 'ai-hero'}}})
  if (link === null || link.unlinkedAt !== null) return {state: 'none'}
  if (link.unlinkRequestedAt !== null) return {state: 'unlinking'}
  return {
    state: 'linked',
    aiHeroEmail: link.linkedEmail,
    method: link.linkMethod as 'oauth-github' | 'oauth-discord' | 'explicit',
    since: link.linkedAt.toISOString(),
  }
}

async function listPurchases(
  db: Database,
  crossApp: CrossAppContext,
  userId: string,
): Promise<PurchaseView[]> {
  const purchases = await db.purchase.findMany({where: {userId}, orderBy: {createdAt: 'desc'}})
  const ids = purchases.map(({id}) => id)
  const origins = await db.purchaseOrigin.findMany({where: {purchaseId: {in: ids}}})
  const pages = await db.contentPage.findMany({
    where: {productId: {in: purchases.map(({productId}) => productId)}},
  })
  const syncs = await listSyncViews(crossApp, {purchaseIds: ids})
  return Promise.all(
    purchases.map(async (purchase) => {
      const page = pages.find((candidate) => candidate.productId === purchase.productId)
      const origin = origins.find((candidate) => candidate.purchaseId === purchase.id)
      return {
        id: purchase.id,
        productTitle: page?.title ?? purchase.productId,
        productSlug: page?.slug ?? '',
        purchasedAt: purchase.createdAt.toISOString(),
        price: {amount: origin?.amountPaid ?? 0, currency: origin?.currency ?? 'usd'},
        status: purchaseStateOf(purchase.status),
        courses: await listOwnCourses(db, {productId: purchase.productId, userId}),
        syncs: syncs[purchase.id] ?? [],
      }
    }),
  )
}
