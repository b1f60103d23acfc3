import {randomUUID} from 'node:crypto'
import type Stripe from 'stripe'
import {hostContext} from '../../src/server/host-context'
import {world} from './world'

export interface Shop {
  productId: string
  slug: string
  priceId: string
  stripePriceId: string
  /** Its courses on AI Hero. */
  targetProductIds: string[]
  /** Its course on this app. */
  ownProductId: string
}

/** A bundle of its own for one test: one course here, and `targets` on AI Hero. */
export async function createBundle({targets = 2, amount = 49_900} = {}): Promise<Shop> {
  const {db, stripe} = hostContext
  const key = randomUUID()
  const productId = `product-${key}`
  const ownProductId = `course-${key}`
  const slug = `bundle-${key}`
  const targetProductIds = Array.from({length: targets}, (_, index) => `target-${key}-${index}`)
  for (const [id, kind] of [
    [productId, 'bundle'],
    [ownProductId, 'course'],
  ] as const) {
    await db.product.create({data: {id, name: kind, status: 1}})
    await db.contentPage.create({
      data: {
        productId: id,
        kind,
        slug: kind === 'bundle' ? slug : `course-${key}`,
        title: `The ${kind}`,
        tagline: 'For a test.',
        description: 'For a test.',
        lessons: kind === 'course' ? [{slug: 'first', title: 'First', minutes: 5, body: 'Secret text.'}] : [],
      },
    })
  }
  await db.bundleItem.createMany({
    data: [
      {targetApp: 'total-typescript', targetProductId: ownProductId},
      ...targetProductIds.map((targetProductId) => ({targetApp: 'ai-hero', targetProductId})),
    ].map((item, position) => ({
      id: randomUUID(),
      productId,
      ...item,
      title: `Item ${position}`,
      summary: 'For a test.',
      path: `/courses/${position}`,
      position,
    })),
  })
  const product = await stripe.products.create({name: 'The bundle'})
  const price = await stripe.prices.create({product: product.id, currency: 'usd', unit_amount: amount})
  const merchantProductId = `merchant-${key}`
  await db.merchantProduct.create({
    data: {id: merchantProductId, merchantAccountId: 'account', productId, status: 1, identifier: product.id},
  })
  const priceId = `price-${key}`
  await db.price.create({data: {id: priceId, productId, status: 1, unitAmount: (amount / 100).toFixed(2)}})
  await db.merchantPrice.create({
    data: {
      id: `merchant-price-${key}`,
      merchantAccountId: 'account',
      merchantProductId,
      priceId,
      status: 1,
      identifier: price.id,
    },
  })
  return {productId, slug, priceId, stripePriceId: price.id, targetProductIds, ownProductId}
}

/** A user with a confirmed address, unless told otherwise. */
export async function createUser({
  email = `${randomUUID()}@example.com`,
  verified = true,
}: {
  email?: string
  verified?: boolean
} = {}) {
  return hostContext.db.user.create({
    data: {id: `user-${randomUUID()}`, name: 'A Buyer', email, emailVerified: verified ? new Date() : null},
  })
}

export interface Bought {
  session: Stripe.Checkout.Session
  sessionId: string
  /** Stripe's `checkout.session.completed`. */
  completed: Stripe.Event
}

/** Pays on Stripe's page, as a guest or signed in, and returns the event that Stripe made of it. Nothing is delivered. */
export async function buy(
  shop: Pick<Shop, 'stripePriceId' | 'productId'>,
  {
    userId,
    email = `${randomUUID()}@example.com`,
    form = {},
    metadata = {},
  }: {
    userId?: string
    email?: string
    form?: Record<string, string>
    metadata?: Record<string, string>
  } = {},
): Promise<Bought> {
  const {stripe} = hostContext
  const open = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{price: shop.stripePriceId, quantity: 1}],
    customer_creation: 'always',
    allow_promotion_codes: true,
    metadata: {productId: shop.productId, ...(userId === undefined ? {} : {userId}), ...metadata},
    success_url: 'http://localhost:3000/thanks?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/',
  })
  await pay(open.id, {email, ...form})
  const session = await stripe.checkout.sessions.retrieve(open.id)
  return {session, sessionId: open.id, completed: await eventOf('checkout.session.completed', open.id)}
}

async function pay(sessionId: string, form: Record<string, string>): Promise<void> {
  const response = await fetch(`${world.stripe.url}/c/pay/${sessionId}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {origin: world.stripe.url},
    body: new URLSearchParams({
      cardNumber: '4242 4242 4242 4242',
      cardExpiry: '12 / 34',
      cardCvc: '123',
      cardholderName: 'Test Buyer',
      ...form,
    }),
  })
  if (response.status !== 303) throw new Error(`Paying answered ${response.status}: ${await response.text()}`)
}

/** Applies a discount code on Stripe's page, before paying. */
export async function buyWithCode(
  shop: Pick<Shop, 'stripePriceId' | 'productId'>,
  {percentOff, email = `${randomUUID()}@example.com`}: {percentOff: number; email?: string},
): Promise<Bought> {
  const {stripe} = hostContext
  const coupon = await stripe.coupons.create({percent_off: percentOff, duration: 'once'})
  const open = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{price: shop.stripePriceId, quantity: 1}],
    discounts: [{coupon: coupon.id}],
    customer_creation: 'always',
    metadata: {productId: shop.productId},
    success_url: 'http://localhost:3000/thanks?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/',
  })
  await pay(open.id, {email})
  const session = await stripe.checkout.sessions.retrieve(open.id)
  return {session, sessionId: open.id, completed: await eventOf('checkout.session.completed', open.id)}
}

/** The newest event of a type about an object. @throws when Stripe made none within five seconds */
export async function eventOf(type: string, objectId: string): Promise<Stripe.Event> {
  const deadline = Date.now() + 5_000
  for (;;) {
    const events = await hostContext.stripe.events.list({type, limit: 100})
    const found = events.data.find((event) => (event.data.object as {id?: string}).id === objectId)
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`Stripe made no ${type} for ${objectId}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Refunds a session's charge at Stripe and returns the events it made. Nothing is delivered. */
export async function refund(
  bought: Bought,
  {amount}: {amount?: number} = {},
): Promise<{refund: Stripe.Refund; created: Stripe.Event; charged: Stripe.Event}> {
  const intent = bought.session.payment_intent
  if (typeof intent !== 'string') throw new Error('The session has no payment.')
  const made = await hostContext.stripe.refunds.create({
    payment_intent: intent,
    ...(amount === undefined ? {} : {amount}),
  })
  return {
    refund: made,
    created: await eventOf('refund.created', made.id),
    charged: await eventOf('charge.refunded', String(made.charge)),
  }
}
