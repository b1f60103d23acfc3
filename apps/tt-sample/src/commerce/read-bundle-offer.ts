import {findPurchasesOf} from '../access/find-open-purchase'
import type {BundleOfferView, Money} from '../components/views'
import type {Database} from '../cross-app'
import type {BundleItem} from '../generated/prisma/client'
import {bundleSaving} from './bundle-saving'
import {readPrice} from './read-price'

/**
 * The bundle to offer to someone who looks at one of its courses: the one that saves most, of those that add something
 * on AI Hero.
 *
 * @param userId null for a guest
 * @returns null when there is none, or when this viewer has bought the bundle or the course: whoever has the course
 * would pay for it twice
 */
export async function readBundleOffer(
  {db}: {db: Database},
  {productId, userId}: {productId: string; userId: string | null},
): Promise<BundleOfferView | null> {
  if (userId !== null && (await hasBought(db, userId, productId))) return null
  const containing = await db.bundleItem.findMany({
    where: {targetApp: 'total-typescript', targetProductId: productId},
    select: {productId: true},
  })
  const described = await Promise.all(containing.map((bundle) => describeOffer(db, bundle.productId)))
  const [best] = described
    .filter((offer) => offer !== null)
    .sort((left, right) => savingOf(right) - savingOf(left) || left.title.localeCompare(right.title))
  return best ?? null
}

/** The course itself or a bundle of it, also while it waits for a confirmed address or a bank. */
async function hasBought(db: Database, userId: string, productId: string): Promise<boolean> {
  const purchases = await findPurchasesOf(db, userId, productId)
  return purchases.some(({status}) => status !== 'Refunded')
}

async function describeOffer(db: Database, productId: string): Promise<BundleOfferView | null> {
  const page = await db.contentPage.findUnique({where: {productId}})
  const price = await readPrice(db, productId)
  const items = await db.bundleItem.findMany({where: {productId}, orderBy: {position: 'asc'}})
  const elsewhere = items.filter((item) => item.targetApp === 'ai-hero')
  if (page === null || price === null || elsewhere.length === 0) return null
  const parts = await Promise.all(items.map((item) => priceOfItem(db, item)))
  return {
    productId,
    slug: page.slug,
    title: page.title,
    adds: elsewhere.map((item) => item.title),
    price,
    separately: bundleSaving(price, parts),
  }
}

/** This site knows its own prices; another app's are noted with the bundle. */
function priceOfItem(db: Database, item: BundleItem): Promise<Money | null> {
  if (item.targetApp === 'total-typescript') return readPrice(db, item.targetProductId)
  const {listPriceAmount: amount, listPriceCurrency: currency} = item
  return Promise.resolve(amount === null || currency === null ? null : {amount, currency})
}

function savingOf({separately}: BundleOfferView): number {
  return separately === null ? 0 : separately.saving.amount
}
