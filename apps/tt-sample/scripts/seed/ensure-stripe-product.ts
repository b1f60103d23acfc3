import Stripe from 'stripe'

export interface WantedStripeProduct {
  stripeProductId: string
  lookupKey: string
  name: string
  description: string
  /** Integer minor units. */
  unitAmount: number
  currency: string
  metadata: Record<string, string>
}

/**
 * Makes sure that a product and its price exist at Stripe as wanted: found again by the product's id and the price's
 * lookup key, made or corrected otherwise.
 */
export async function ensureStripeProduct(
  stripe: Stripe,
  wanted: WantedStripeProduct,
): Promise<{priceId: string; notes: string[]}> {
  const notes: string[] = []
  const {stripeProductId: id, name, description, metadata} = wanted
  const product = await unlessMissing(() => stripe.products.retrieve(id))
  if (product === null) {
    await stripe.products.create({id, name, description, metadata})
  } else {
    const differing = Object.keys(metadata).filter((key) => product.metadata[key] !== metadata[key])
    if (differing.length > 0) notes.push(`Stripe's ${id} differed in ${differing.join(', ')}: corrected.`)
    if (
      differing.length > 0 ||
      product.name !== name ||
      product.description !== description ||
      !product.active
    ) {
      await stripe.products.update(id, {name, description, metadata, active: true})
    }
  }
  const prices = await stripe.prices.list({lookup_keys: [wanted.lookupKey], active: true, limit: 1})
  const price = prices.data[0]
  if (price !== undefined && price.unit_amount === wanted.unitAmount && price.currency === wanted.currency) {
    return {priceId: price.id, notes}
  }
  const created = await stripe.prices.create({
    product: id,
    currency: wanted.currency,
    unit_amount: wanted.unitAmount,
    lookup_key: wanted.lookupKey,
    transfer_lookup_key: true,
  })
  if (price !== undefined) notes.push(`Stripe's price ${price.id} was replaced by ${created.id}.`)
  return {priceId: created.id, notes}
}

/** Stripe's "no such …" as null. */
export async function unlessMissing<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
      return null
    throw error
  }
}
