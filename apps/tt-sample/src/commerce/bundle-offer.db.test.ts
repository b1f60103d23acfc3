import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {buy, createBundle, createUser, refund, type Shop} from '../../test/support/shop'
import {hostContext} from '../server/host-context'
import {fetchCheckout} from './fetch-checkout'
import {readBundleOffer} from './read-bundle-offer'
import {getProductPage} from './read-products'
import {recordCheckout} from './record-checkout'
import {refreshChargeFacts} from './refresh-charge-facts'

const {db} = hostContext
const usd = (amount: number) => ({amount, currency: 'usd'})

/** A bundle at $499: a course here at $349, and two on AI Hero whose list prices are given. */
async function createOffer(listPrices: ({amount: number; currency: string} | null)[]): Promise<Shop> {
  const shop = await createBundle({targets: listPrices.length, amount: 49_900})
  await db.price.create({
    data: {id: `price-${randomUUID()}`, productId: shop.ownProductId, status: 1, unitAmount: '349.00'},
  })
  for (const [index, targetProductId] of shop.targetProductIds.entries()) {
    await db.bundleItem.updateMany({
      where: {productId: shop.productId, targetProductId},
      data: {
        listPriceAmount: listPrices[index]?.amount ?? null,
        listPriceCurrency: listPrices[index]?.currency ?? null,
      },
    })
  }
  return shop
}

async function recordPurchase(shop: Shop, options: {userId?: string; email?: string} = {}) {
  const bought = await buy(shop, options)
  const checkout = await fetchCheckout(hostContext.stripe, bought.sessionId)
  const recorded = await recordCheckout(hostContext, {checkout, event: null})
  if (recorded.outcome !== 'recorded') throw new Error('The purchase was not recorded.')
  return {bought, purchaseId: recorded.purchaseId}
}

function offerFor(shop: Shop, userId: string | null = null) {
  return readBundleOffer(hostContext, {productId: shop.ownProductId, userId})
}

describe('readBundleOffer', () => {
  it('is computed from this course, what the others cost on AI Hero, and the bundle', async () => {
    const shop = await createOffer([usd(19_900), usd(24_900)])
    expect(await offerFor(shop)).toEqual({
      productId: shop.productId,
      slug: shop.slug,
      title: 'The bundle',
      adds: ['Item 1', 'Item 2'],
      price: usd(49_900),
      separately: {price: usd(79_700), saving: usd(29_800)},
    })
  })

  it.each([
    ['a list price is missing', [usd(19_900), null]],
    ['a list price is in another currency', [usd(19_900), {amount: 24_900, currency: 'eur'}]],
  ])('is made without a sum when %s', async (_, listPrices) => {
    const shop = await createOffer(listPrices)
    expect(await offerFor(shop)).toMatchObject({productId: shop.productId, separately: null})
  })

  it('is made to someone who has bought nothing of it', async () => {
    const shop = await createOffer([usd(19_900)])
    const user = await createUser()
    expect(await offerFor(shop, user.id)).toMatchObject({productId: shop.productId})
  })

  it('is not made to whoever has bought the bundle, confirmed address or not', async () => {
    const shop = await createOffer([usd(19_900)])
    const owner = await createUser()
    await recordPurchase(shop, {userId: owner.id})
    expect(await offerFor(shop, owner.id)).toBeNull()
    const email = `${randomUUID()}@example.com`
    await recordPurchase(shop, {email})
    const guest = await db.user.findUniqueOrThrow({where: {email}})
    expect(await offerFor(shop, guest.id)).toBeNull()
  })

  it('is made again after a refund', async () => {
    const shop = await createOffer([usd(19_900)])
    const user = await createUser()
    const {bought, purchaseId} = await recordPurchase(shop, {userId: user.id})
    await refund(bought)
    await refreshChargeFacts(hostContext, {purchaseId})
    expect(await offerFor(shop, user.id)).toMatchObject({productId: shop.productId})
  })

  it('is not made for a bundle that is no longer for sale, or adds nothing on AI Hero', async () => {
    const gone = await createOffer([usd(19_900)])
    await db.price.updateMany({where: {productId: gone.productId}, data: {status: 0}})
    expect(await offerFor(gone)).toBeNull()
    const own = await createOffer([])
    expect(await offerFor(own)).toBeNull()
  })

  it('is the bundle that saves most, when a course is in several', async () => {
    const small = await createOffer([usd(19_900)])
    const large = await createOffer([usd(19_900), usd(24_900)])
    await db.bundleItem.updateMany({
      where: {productId: small.productId, targetProductId: small.ownProductId},
      data: {targetProductId: large.ownProductId},
    })
    expect(await offerFor(large)).toMatchObject({productId: large.productId})
  })
})

describe('getProductPage', () => {
  it('brings the offer with the course, and none with the bundle', async () => {
    const shop = await createOffer([usd(19_900), usd(24_900)])
    const course = await db.contentPage.findUniqueOrThrow({where: {productId: shop.ownProductId}})
    const page = await getProductPage(hostContext, {slug: course.slug, userId: null})
    expect(page?.offer).toMatchObject({productId: shop.productId})
    const bundle = await getProductPage(hostContext, {slug: shop.slug, userId: null})
    expect(bundle).toMatchObject({kind: 'bundle', offer: null})
  })
})
