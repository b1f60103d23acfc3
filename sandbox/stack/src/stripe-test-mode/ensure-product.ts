import {
  type CatalogueStripe,
  idOf,
  type StripePrice,
  type StripeProduct,
  unlessMissing,
} from './catalogue-stripe.ts'
import type { Ensured } from './ensured.ts'
import type { WantedProduct } from './wanted-on-stripe.ts'

/**
 * Makes sure that a product and its price are on a Stripe account as wanted: the product is found again by its id, which
 * may be chosen, the price by its lookup key. What differs is put right. A price's amount can't be changed, so another
 * amount is a new price under the same key, and the old one is archived: nothing can be bought for it any more, and
 * payments made for it still show it.
 *
 * Both seeds and `npm run stripe:setup` come through here. Safe to repeat.
 *
 * @throws whatever Stripe's SDK throws
 */
export async function ensureProduct(
  stripe: CatalogueStripe,
  wanted: WantedProduct,
): Promise<{ priceId: string; ensured: Ensured[] }> {
  const product = await unlessMissing(() => stripe.products.retrieve(wanted.stripeProductId))
  const ensuredProduct = await ensureFields(stripe, wanted, product)
  const ensuredPrice = await ensurePrice(stripe, wanted, idOf(product?.default_price))
  return { priceId: ensuredPrice.id, ensured: [ensuredProduct, ensuredPrice] }
}

async function ensureFields(
  stripe: CatalogueStripe,
  wanted: WantedProduct,
  product: StripeProduct | null,
): Promise<Ensured> {
  const { stripeProductId: id, name, description, metadata } = wanted
  if (product === null) {
    await stripe.products.create({ id, name, description, metadata })
    return { kind: 'product', name, id, outcome: 'created' }
  }
  const differing = [
    ...(product.name === name ? [] : ['name']),
    ...(product.description === description ? [] : ['description']),
    ...(product.active ? [] : ['archived']),
    ...Object.keys(metadata).filter((key) => product.metadata[key] !== metadata[key]),
  ]
  if (differing.length === 0) return { kind: 'product', name, id, outcome: 'found' }
  await stripe.products.update(id, { name, description, metadata, active: true })
  return { kind: 'product', name, id, outcome: 'changed', detail: differing.join(', ') }
}

async function ensurePrice(
  stripe: CatalogueStripe,
  wanted: WantedProduct,
  defaultPriceId: string | null,
): Promise<Ensured> {
  const { stripeProductId, lookupKey, name, unitAmount, currency } = wanted
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 })
  const [known] = data
  if (known !== undefined && isAsWanted(known, wanted)) {
    return { kind: 'price', name, id: known.id, outcome: 'found' }
  }
  const created = await stripe.prices.create({
    product: stripeProductId,
    currency,
    unit_amount: unitAmount,
    lookup_key: lookupKey,
    transfer_lookup_key: true,
  })
  if (known === undefined) return { kind: 'price', name, id: created.id, outcome: 'created' }
  // Stripe archives no price that its product still offers first.
  if (known.id === defaultPriceId) {
    await stripe.products.update(stripeProductId, { default_price: created.id })
  }
  await stripe.prices.update(known.id, { active: false })
  return { kind: 'price', name, id: created.id, outcome: 'changed', detail: `${known.id} is archived` }
}

function isAsWanted(price: StripePrice, { stripeProductId, unitAmount, currency }: WantedProduct): boolean {
  return (
    price.unit_amount === unitAmount && price.currency === currency && idOf(price.product) === stripeProductId
  )
}
