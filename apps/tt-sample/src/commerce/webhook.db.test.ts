import {randomUUID} from 'node:crypto'
import type Stripe from 'stripe'
import {beforeEach, describe, expect, it} from 'vitest'
import {deliver, useWebhook} from '../../test/support/deliver'
import {buy, buyWithCode, createBundle, createUser, eventOf, refund, type Shop} from '../../test/support/shop'
import {world} from '../../test/support/world'
import {reconcileSyncs} from '../cross-app'
import {hostContext} from '../server/host-context'
import {purchaseIdOf} from './record-checkout'

useWebhook()
const {db} = hostContext

let shop: Shop
beforeEach(async () => {
  world.eventApi.behaviour = 'ok'
  shop = await createBundle()
})

/** Everything one checkout may have written, to be counted. */
async function written(sessionId: string) {
  const purchaseId = await purchaseIdOf(sessionId)
  const [purchases, syncs, outbox, charges] = await Promise.all([
    db.purchase.findMany({where: {productId: shop.productId}}),
    db.crossAppSync.findMany({where: {purchaseId}, orderBy: {targetProductId: 'asc'}}),
    db.outbox.findMany({where: {happening: {endsWith: purchaseId}}}),
    db.merchantSession.findMany({where: {identifier: sessionId}}),
  ])
  return {purchaseId, purchases, syncs, outbox, sessions: charges}
}

const sentInApp = (name: string, purchaseId: string) =>
  world.eventApi.received.filter(
    (event) => event.key === 'tt-key' && event.name === name && event.data.purchaseId === purchaseId,
  )

describe('a paid checkout', () => {
  it('becomes one purchase with one sync per course of the other app, and is announced at once', async () => {
    const user = await createUser()
    const bought = await buy(shop, {userId: user.id})
    expect(await deliver(bought.completed)).toBe(200)
    const {purchases, syncs, purchaseId} = await written(bought.sessionId)
    expect(purchases).toMatchObject([{id: purchaseId, userId: user.id, status: 'Valid'}])
    expect(syncs.map((sync) => sync.targetProductId).sort()).toEqual([...shop.targetProductIds].sort())
    expect(syncs[0]).toMatchObject({
      revision: 1,
      desiredState: 'granted',
      reason: 'purchase',
      status: 'pending',
      ownerUserId: user.id,
      ownerEmail: user.email,
      ownerProven: true,
    })
    expect(sentInApp('purchase/created', purchaseId)).toHaveLength(1)
  })

  it('belongs to who was signed in, whatever address was typed at Stripe', async () => {
    const user = await createUser()
    const bought = await buy(shop, {userId: user.id, email: 'someone-else@example.com'})
    await deliver(bought.completed)
    const {syncs} = await written(bought.sessionId)
    expect(syncs[0]).toMatchObject({ownerUserId: user.id, ownerEmail: user.email, ownerProven: true})
  })

  it('of a guest belongs to an unverified user with the normalised address, and proves nothing', async () => {
    const name = randomUUID()
    const bought = await buy(shop, {email: `${name}+Tag@EXAMPLE.com`})
    await deliver(bought.completed)
    const {syncs} = await written(bought.sessionId)
    expect(syncs[0]).toMatchObject({ownerEmail: `${name}+tag@example.com`, ownerProven: false})
    const user = await db.user.findUniqueOrThrow({where: {id: syncs[0]!.ownerUserId}})
    expect(user).toMatchObject({email: `${name}+tag@example.com`, emailVerified: null})
  })

  it('of a guest whose address an account has proven before is theirs at once', async () => {
    const user = await createUser()
    const bought = await buy(shop, {email: user.email.toUpperCase()})
    await deliver(bought.completed)
    expect((await written(bought.sessionId)).syncs[0]).toMatchObject({
      ownerUserId: user.id,
      ownerProven: true,
    })
  })

  it('never goes to an account whose address only looks alike to the database', async () => {
    const name = randomUUID()
    const other = await createUser({email: `jose-${name}@example.com`})
    const bought = await buy(shop, {email: `josé-${name}@example.com`})
    expect(await deliver(bought.completed)).toBe(200)
    const {purchases, purchaseId, syncs} = await written(bought.sessionId)
    expect(purchases).toMatchObject([{userId: null}])
    expect(syncs).toEqual([])
    expect(await db.purchase.count({where: {userId: other.id}})).toBe(0)
    expect(await db.auditEvent.count({where: {purchaseId, action: 'alert.buyer-unidentified'}})).toBe(1)
  })
})

describe('the same event twice', () => {
  it('makes one purchase and one set of syncs', async () => {
    const bought = await buy(shop)
    expect(await deliver(bought.completed)).toBe(200)
    const first = await written(bought.sessionId)
    expect(await deliver(bought.completed)).toBe(200)
    expect(await written(bought.sessionId)).toEqual(first)
  })

  it('in parallel makes one purchase and one set of syncs', async () => {
    const bought = await buy(shop)
    const statuses = await Promise.all(Array.from({length: 6}, () => deliver(bought.completed)))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200])
    const {purchases, syncs, outbox, sessions} = await written(bought.sessionId)
    expect(purchases).toHaveLength(1)
    expect(syncs).toHaveLength(2)
    expect(outbox).toHaveLength(2)
    expect(sessions).toHaveLength(1)
  })

  it('is counted by a count that would see a second purchase (control)', async () => {
    const bought = await buy(shop)
    await deliver(bought.completed)
    const {purchases} = await written(bought.sessionId)
    const purchase = purchases[0]!
    await db.purchase.create({data: {...purchase, id: randomUUID()}})
    expect((await written(bought.sessionId)).purchases).toHaveLength(2)
  })
})

describe('two different events of one session', () => {
  it('make one purchase', async () => {
    const bought = await buy(shop)
    const other: Stripe.Event = {
      ...bought.completed,
      id: `evt_${randomUUID()}`,
      type: 'checkout.session.async_payment_succeeded',
    } as Stripe.Event
    await Promise.all([deliver(bought.completed), deliver(other), deliver(bought.completed), deliver(other)])
    const {purchases, syncs} = await written(bought.sessionId)
    expect(purchases).toHaveLength(1)
    expect(syncs.map(({revision, status}) => ({revision, status}))).toEqual([
      {revision: 1, status: 'pending'},
      {revision: 1, status: 'pending'},
    ])
    expect(await db.stripeEvent.count({where: {objectId: bought.sessionId, outcome: 'recorded'}})).toBe(2)
  })

  it('make one purchase of a fully discounted session, which has no charge, and it is granted', async () => {
    const bought = await buyWithCode(shop, {percentOff: 100})
    expect(bought.session).toMatchObject({payment_status: 'no_payment_required', amount_total: 0})
    const other: Stripe.Event = {...bought.completed, id: `evt_${randomUUID()}`} as Stripe.Event
    expect(await Promise.all([deliver(bought.completed), deliver(other)])).toEqual([200, 200])
    const {purchases, syncs} = await written(bought.sessionId)
    expect(purchases).toMatchObject([{status: 'Valid', merchantChargeId: null}])
    expect(syncs.map((sync) => sync.desiredState)).toEqual(['granted', 'granted'])
  })
})

describe('what Stripe did not sign', () => {
  const nothing = async (sessionId: string) => {
    const {purchases, sessions} = await written(sessionId)
    expect([purchases, sessions]).toEqual([[], []])
    expect(await db.stripeEvent.count({where: {objectId: sessionId}})).toBe(0)
  }

  it('is refused without a signature, with a wrong one, and with one of another secret', async () => {
    const {completed, sessionId} = await buy(shop)
    const foreign = hostContext.stripe.webhooks.generateTestHeaderString({
      payload: JSON.stringify(completed, null, 2),
      secret: 'whsec_of_someone_else',
    })
    expect(await deliver(completed, {signature: null})).toBe(400)
    expect(await deliver(completed, {signature: 't=1,v1=00'})).toBe(400)
    expect(await deliver(completed, {signature: foreign})).toBe(400)
    await nothing(sessionId)
  })

  it('is refused when the signature is older than five minutes', async () => {
    const {completed, sessionId} = await buy(shop)
    expect(await deliver(completed, {age: 301})).toBe(400)
    await nothing(sessionId)
    expect(await deliver(completed, {age: 240})).toBe(200)
  })

  it('is refused when the body was parsed and written again, although it says the same', async () => {
    const {completed, sessionId} = await buy(shop)
    expect(await deliver(completed, {body: JSON.stringify(completed)})).toBe(400)
    await nothing(sessionId)
  })
})

describe('a payment that takes days', () => {
  const bankDebit = {
    paymentMethod: 'bank_debit',
    accountHolderName: 'Test Buyer',
    routingNumber: '110000000',
    accountNumber: '000123456789',
  }

  it('grants nothing until it has succeeded', async () => {
    const bought = await buy(shop, {form: bankDebit})
    expect(bought.session.payment_status).toBe('unpaid')
    expect(await deliver(bought.completed)).toBe(200)
    expect((await written(bought.sessionId)).purchases).toEqual([])
    expect(await db.stripeEvent.findUnique({where: {id: bought.completed.id}})).toMatchObject({
      outcome: 'waiting',
    })
    const succeeded = await eventOf('checkout.session.async_payment_succeeded', bought.sessionId)
    expect(await deliver(succeeded)).toBe(200)
    expect((await written(bought.sessionId)).syncs.map((sync) => sync.desiredState)).toEqual([
      'granted',
      'granted',
    ])
  })

  it('is recorded when its completion is delivered again after the payment, though its own success was lost', async () => {
    const bought = await buy(shop, {form: bankDebit})
    expect(await deliver(bought.completed)).toBe(200)
    await eventOf('checkout.session.async_payment_succeeded', bought.sessionId)
    expect(await deliver(bought.completed)).toBe(200)
    const {syncs, purchases} = await written(bought.sessionId)
    expect(purchases).toHaveLength(1)
    expect(syncs.map((sync) => sync.desiredState)).toEqual(['granted', 'granted'])
    expect(await db.stripeEvent.findUnique({where: {id: bought.completed.id}})).toMatchObject({
      outcome: 'recorded',
    })
  })
})

describe('a payment for something we do not know', () => {
  it('is kept and alerted with 200, and recorded when the catalogue is corrected and the event resent', async () => {
    const {db: _, stripe} = hostContext
    const product = await stripe.products.create({name: 'Made by hand in the dashboard'})
    const price = await stripe.prices.create({product: product.id, currency: 'usd', unit_amount: 1_000})
    const bought = await buy({productId: shop.productId, stripePriceId: price.id})
    expect(await deliver(bought.completed)).toBe(200)
    expect(await db.stripeEvent.findUnique({where: {id: bought.completed.id}})).toMatchObject({
      outcome: 'held',
    })
    const alerts = () =>
      db.auditEvent.count({where: {action: 'alert.checkout-held', subject: bought.sessionId}})
    expect(await alerts()).toBe(1)
    expect(await deliver(bought.completed)).toBe(200)
    expect(await alerts()).toBe(1)

    await db.merchantProduct.create({
      data: {
        id: randomUUID(),
        merchantAccountId: 'account',
        productId: shop.productId,
        status: 1,
        identifier: product.id,
      },
    })
    expect(await deliver(bought.completed)).toBe(200)
    expect((await written(bought.sessionId)).purchases).toHaveLength(1)
    expect(await db.stripeEvent.findUnique({where: {id: bought.completed.id}})).toMatchObject({
      outcome: 'recorded',
    })
  })
})

describe('a refund that comes before its purchase', () => {
  it('is stored, and the purchase ends refunded and is never granted', async () => {
    const bought = await buy(shop)
    const {created, refund: made} = await refund(bought)
    expect(await deliver(created)).toBe(200)
    expect(await db.chargeFact.findUnique({where: {id: made.id}})).toMatchObject({status: made.status})
    expect(await deliver(bought.completed)).toBe(200)
    const {purchases, syncs} = await written(bought.sessionId)
    expect(purchases).toMatchObject([{status: 'Refunded'}])
    expect(syncs).toMatchObject([
      {revision: 1, desiredState: 'revoked', reason: 'refund'},
      {revision: 1, desiredState: 'revoked', reason: 'refund'},
    ])
  })

  it('ends refunded however the two are interleaved', async () => {
    for (let round = 0; round < 8; round += 1) {
      const bought = await buy(shop)
      const {created, charged} = await refund(bought)
      const statuses = await Promise.all([
        deliver(bought.completed),
        deliver(created),
        deliver(charged),
        deliver(created),
      ])
      expect(statuses).toEqual([200, 200, 200, 200])
      const purchaseId = await purchaseIdOf(bought.sessionId)
      expect(await db.purchase.findUnique({where: {id: purchaseId}})).toMatchObject({status: 'Refunded'})
      const syncs = await db.crossAppSync.findMany({where: {purchaseId}})
      expect(syncs.map((sync) => sync.desiredState)).toEqual(['revoked', 'revoked'])
    }
  })
})

describe('when Inngest is down', () => {
  it('Stripe gets its 200 at once, and the sweep delivers events and receipt later', async () => {
    world.eventApi.behaviour = 'hang'
    const bought = await buy(shop)
    const startedAt = Date.now()
    expect(await deliver(bought.completed)).toBe(200)
    expect(Date.now() - startedAt).toBeLessThan(4_000)
    const {purchaseId} = await written(bought.sessionId)
    expect(sentInApp('purchase/created', purchaseId)).toEqual([])
    await sweepLater(purchaseId)
    // The first send, which nobody answered, may be repeated by the SDK meanwhile: as the same event, by its id.
    expect(new Set(sentInApp('purchase/created', purchaseId).map(({id}) => id)).size).toBe(1)
    const receipt = await db.outbox.findUniqueOrThrow({where: {happening: `receipt:${purchaseId}`}})
    expect(
      world.eventApi.received.filter(
        (event) => event.name === 'email/requested' && event.data.outboxId === receipt.id,
      ),
    ).not.toHaveLength(0)
  })

  it('what was committed before the process died is delivered by the sweep', async () => {
    const bought = await buy(shop)
    world.eventApi.behaviour = 'unavailable'
    await deliver(bought.completed)
    const {purchaseId, syncs} = await written(bought.sessionId)
    await sweepLater(purchaseId)
    expect(sentInApp('purchase/created', purchaseId)).toHaveLength(1)
    // The syncs don't need the in-app event either.
    expect(
      world.eventApi.received.filter(
        (event) => event.key === 'ah-key' && event.data.purchaseId === purchaseId,
      ),
    ).toHaveLength(syncs.length)
  })

  /** The sweep that runs a minute after this moment, with everything up again. */
  async function sweepLater(purchaseId: string) {
    world.eventApi.behaviour = 'ok'
    await reconcileSyncs({
      ...hostContext.crossApp,
      clock: {now: () => new Date(Date.now() + 60_000)},
    })
    return purchaseId
  }
})
