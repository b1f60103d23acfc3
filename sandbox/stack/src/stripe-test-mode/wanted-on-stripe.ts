import {
  ahCourses,
  type Bundle,
  type Course,
  type DiscountCode,
  discountCodes,
  stripeIds,
  ttProducts,
} from '../catalogue.ts'

/** A product and its one price, as they should be on a Stripe account. */
export interface WantedProduct {
  stripeProductId: string
  lookupKey: string
  name: string
  description: string
  /** Integer minor units. */
  unitAmount: number
  currency: string
  metadata: Record<string, string>
}

export interface WantedOnStripe {
  products: readonly WantedProduct[]
  discountCodes: readonly DiscountCode[]
}

/** The currency of every price in the catalogue. */
export const catalogueCurrency = 'usd'

/**
 * How something that is sold stands on its app's Stripe account. A bundle says in its metadata what belongs to it
 * (spec 001, "Stripe Setup"); the shop reads its own rows, Stripe's copy is for people and for other systems.
 */
export function wantedProduct(sold: Course | Bundle): WantedProduct {
  const ids = stripeIds(sold.productId)
  return {
    stripeProductId: ids.productId,
    lookupKey: ids.priceLookupKey,
    name: sold.name,
    description: sold.tagline,
    unitAmount: sold.priceInCents,
    currency: catalogueCurrency,
    metadata: {
      productId: sold.productId,
      slug: sold.slug,
      ...('items' in sold
        ? { bundleProducts: JSON.stringify(sold.items.map(({ app, productId }) => ({ app, productId }))) }
        : {}),
    },
  }
}

/** Everything that an app's Stripe account should have. */
export function wantedOnStripe(app: 'tt' | 'ah'): WantedOnStripe {
  if (app === 'ah') {
    return { products: ahCourses.filter(({ soldAlone }) => soldAlone).map(wantedProduct), discountCodes: [] }
  }
  return { products: ttProducts.map(wantedProduct), discountCodes }
}
