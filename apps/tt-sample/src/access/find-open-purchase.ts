import type {Database} from '../cross-app'

/** `Restricted` opens too: the country decides the price, and this sample doesn't ask where its viewer is. */
const OPEN_STATUSES = ['Valid', 'Restricted']

export interface OpenPurchase {
  id: string
  productId: string
}

/**
 * The purchase that lets a user watch a product: of the product itself, or of a bundle that contains it. A guest's
 * purchase opens nothing until the address is proven, or anyone could buy under a stranger's.
 */
export async function findOpenPurchase(
  {db}: {db: Database},
  {userId, productId}: {userId: string; productId: string},
): Promise<OpenPurchase | null> {
  const candidates = await findPurchasesOf(db, userId, productId)
  return candidates.find((purchase) => purchase.open) ?? null
}

/** Every purchase of the user that contains the product, whether it opens it, and if not, why. */
export async function findPurchasesOf(
  db: Database,
  userId: string,
  productId: string,
): Promise<(OpenPurchase & {open: boolean; status: string; proven: boolean})[]> {
  const bundles = await db.bundleItem.findMany({
    where: {targetApp: 'total-typescript', targetProductId: productId},
    select: {productId: true},
  })
  const purchases = await db.purchase.findMany({
    where: {
      userId,
      productId: {in: [productId, ...bundles.map((bundle) => bundle.productId)]},
      // A team's own purchase gives seats, not access.
      bulkCouponId: null,
    },
    orderBy: [{createdAt: 'desc'}, {id: 'asc'}],
  })
  if (purchases.length === 0) return []
  const user = await db.user.findUnique({where: {id: userId}, select: {emailVerified: true}})
  const origins = await db.purchaseOrigin.findMany({
    where: {purchaseId: {in: purchases.map((purchase) => purchase.id)}},
  })
  return purchases.map((purchase) => {
    const origin = origins.find((candidate) => candidate.purchaseId === purchase.id)
    const proven = Boolean(user?.emailVerified) || origin?.provenUserId === userId
    return {
      id: purchase.id,
      productId: purchase.productId,
      status: purchase.status,
      proven,
      open: proven && OPEN_STATUSES.includes(purchase.status),
    }
  })
}
