import {listOwnCourses} from '../access/list-own-courses'
import type {AccountView, PurchaseView, SignInWay} from '../components/views'
import {type CrossAppContext, type Database, listSyncViews, readLinkView} from '../cross-app'
import type {Account, Purchase, PurchaseOrigin} from '../generated/prisma/client'
import {purchaseStateOf} from './purchase-state'
import {readPageFingerprint} from './read-page-fingerprint'

const PROVIDER_NAMES: Record<string, string> = {github: 'GitHub', discord: 'Discord'}

/** Everything the account page shows. @throws when the signed-in user is gone */
export async function getAccount(
  {db, crossApp}: {db: Database; crossApp: CrossAppContext},
  {userId, offered = []}: {userId: string; offered?: {id: string; name: string}[]},
): Promise<AccountView> {
  const user = await db.user.findUniqueOrThrow({where: {id: userId}, include: {accounts: true}})
  const purchases = await db.purchase.findMany({where: {userId}, orderBy: {createdAt: 'desc'}})
  const origins = await db.purchaseOrigin.findMany({
    where: {purchaseId: {in: purchases.map(({id}) => id)}},
  })
  return {
    email: user.email,
    name: user.name,
    emailConfirmed: user.emailVerified !== null,
    waitsForConfirmation:
      user.emailVerified === null &&
      purchases.some(
        ({id, status}) =>
          purchaseStateOf(status) === 'paid' &&
          !origins.some((origin) => origin.purchaseId === id && origin.provenUserId === userId),
      ),
    signInWays: await listSignInWays(db, user, offered),
    link: await readLinkView(crossApp, {userId}),
    purchases: await describePurchases(db, crossApp, {userId, purchases, origins}),
    page: await readPageFingerprint(db, {purchaseIds: purchases.map(({id}) => id)}),
  }
}

/** A provider that this site no longer offers is shown while someone is connected by it. */
export async function listSignInWays(
  db: Database,
  {id: userId, accounts}: {id: string; accounts: Account[]},
  offered: {id: string; name: string}[],
): Promise<SignInWay[]> {
  const seen = await db.providerAccountSeen.findMany({where: {userId}})
  const connected = accounts.map((account) => {
    const row = seen.find(
      ({provider, providerAccountId}) =>
        provider === account.provider && providerAccountId === account.providerAccountId,
    )
    return {
      id: account.provider,
      name: PROVIDER_NAMES[account.provider] ?? account.provider,
      connected: true,
      // Attached before the date was noted: the row then carries the beginning of time.
      since: row === undefined || row.attachedAt.getTime() === 0 ? null : row.attachedAt.toISOString(),
    }
  })
  const others = offered
    .filter(({id}) => !connected.some((way) => way.id === id))
    .map(({id, name}) => ({id, name, connected: false, since: null}))
  return [...connected, ...others]
}

async function describePurchases(
  db: Database,
  crossApp: CrossAppContext,
  {userId, purchases, origins}: {userId: string; purchases: Purchase[]; origins: PurchaseOrigin[]},
): Promise<PurchaseView[]> {
  const pages = await db.contentPage.findMany({
    where: {productId: {in: purchases.map(({productId}) => productId)}},
  })
  const syncs = await listSyncViews(crossApp, {purchaseIds: purchases.map(({id}) => id)})
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
        courses: await listOwnCourses(db, {
          productId: purchase.productId,
          userId,
          purchaseId: purchase.id,
        }),
        syncs: syncs[purchase.id] ?? [],
      }
    }),
  )
}
