import type {Database} from '../cross-app'
import type {Checkout} from './fetch-checkout'

export interface SoldProduct {
  productId: string
  merchantAccountId: string
  merchantProductId: string
}

/** What was sold, by the price that was paid, else by Stripe's product; null when we sell neither. */
export async function findSoldProduct(db: Database, checkout: Checkout): Promise<SoldProduct | null> {
  const merchantProduct =
    (await byPrice(db, checkout.priceId)) ?? (await byProduct(db, checkout.stripeProductId))
  if (merchantProduct === null) return null
  const product = await db.product.findUnique({where: {id: merchantProduct.productId}})
  if (product === null) return null
  return {
    productId: product.id,
    merchantAccountId: merchantProduct.merchantAccountId,
    merchantProductId: merchantProduct.id,
  }
}

async function byPrice(db: Database, priceId: string | null) {
  if (priceId === null) return null
  const price = await db.merchantPrice.findUnique({where: {identifier: priceId}})
  if (price === null || price.identifier !== priceId) return null
  return db.merchantProduct.findUnique({where: {id: price.merchantProductId}})
}

async function byProduct(db: Database, stripeProductId: string | null) {
  if (stripeProductId === null) return null
  const product = await db.merchantProduct.findUnique({where: {identifier: stripeProductId}})
  return product === null || product.identifier !== stripeProductId ? null : product
}
