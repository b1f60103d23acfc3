import { afterAll, describe, expect, it } from 'vitest'
import { openFixture } from '../src/fixture.ts'
import { createHttpSession } from '../src/http-session.ts'
import { firstLessonPath, firstLessonText } from '../src/lesson.ts'
import { CARDS, sessionIdOf } from '../src/scenario.ts'
import { waitUntil } from '../src/wait-until.ts'

const fixture = openFixture()
afterAll(() => fixture.close())

describe('a linked buyer', () => {
  it('has both AI Hero courses open after buying the bundle, and loses them after a full refund', async () => {
    const buyer = await fixture.newLinkedBuyer()
    const session = await fixture.signInByEmail('tt', buyer.ttEmail)
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'synced')
    const grants = await fixture.grantsOf(purchase.id)
    expect(grants.map(({ status, userId }) => ({ status, userId }))).toEqual([
      { status: 'active', userId: buyer.ahUserId },
      { status: 'active', userId: buyer.ahUserId },
    ])
    expect(await fixture.openEntitlementsOf(purchase.id)).not.toHaveLength(0)

    await fixture.refund(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'revoked')
    expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)
    expect((await fixture.purchasesOf(checkoutSessionId))[0]?.status).toBe('Refunded')
  })

  it('keeps access after a partial refund, and loses it once when parallel ones reach the total', async () => {
    const buyer = await fixture.newLinkedBuyer()
    const session = await fixture.signInByEmail('tt', buyer.ttEmail)
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'synced')
    const total = (await fixture.stripe.checkout.sessions.retrieve(checkoutSessionId)).amount_total ?? 0

    await fixture.refund(checkoutSessionId, 1_000)
    await waitUntil('the partial refund to be recorded', async () => {
      const facts = await fixture.databases.tt(
        'SELECT f.id FROM ChargeFact f JOIN MerchantCharge c ON c.identifier = f.chargeId JOIN Purchase p ON p.merchantChargeId = c.id WHERE p.id = ?',
        [purchase.id],
      )
      return facts.length === 1
    })
    expect((await fixture.syncsOf(purchase.id)).every(({ revision }) => revision === 1)).toBe(true)
    expect(await fixture.openEntitlementsOf(purchase.id)).not.toHaveLength(0)

    await Promise.all([
      fixture.refund(checkoutSessionId, 2_000),
      fixture.refund(checkoutSessionId, total - 3_000),
    ])
    const syncs = await fixture.waitForSyncs(purchase.id, 'revoked')
    expect(syncs.map(({ revision }) => revision)).toEqual(syncs.map(() => 2))
    expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)
  })

  it('keeps access through one purchase when another is refunded, and loses it with the second', async () => {
    const buyer = await fixture.newLinkedBuyer()
    const session = await fixture.signInByEmail('tt', buyer.ttEmail)
    const first = await fixture.startCheckout(session)
    const second = await fixture.startCheckout(session)
    await Promise.all([fixture.pay(first, {}), fixture.pay(second, {})])
    const [one, two] = await Promise.all([
      fixture.waitForPurchase(sessionIdOf(first)),
      fixture.waitForPurchase(sessionIdOf(second)),
    ])
    await Promise.all([fixture.waitForSyncs(one.id, 'synced'), fixture.waitForSyncs(two.id, 'synced')])
    const ah = await fixture.signInByEmail('ah', buyer.ahEmail)

    await fixture.refund(sessionIdOf(first))
    await fixture.waitForSyncs(one.id, 'revoked')
    expect(await lessonIsOpen(ah)).toBe(true)

    await fixture.refund(sessionIdOf(second))
    await fixture.waitForSyncs(two.id, 'revoked')
    expect(await lessonIsOpen(ah)).toBe(false)
  })
})

describe('a buyer without a link', () => {
  it('waits with a pending grant and no entitlement, and a refund before any claim revokes both sides', async () => {
    const session = await fixture.signInByEmail('tt', fixture.newEmail())
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    const syncs = await fixture.waitForSyncs(purchase.id, 'synced')
    expect(syncs.every(({ mirrorStatus }) => mirrorStatus === 'pending')).toBe(true)
    expect((await fixture.grantsOf(purchase.id)).every(({ status }) => status === 'pending')).toBe(true)
    expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)

    await fixture.refund(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'revoked')
    expect((await fixture.grantsOf(purchase.id)).every(({ status }) => status === 'revoked')).toBe(true)
    expect(await fixture.openEntitlementsOf(purchase.id)).toHaveLength(0)
  })

  it('can buy as a guest, and nothing opens on either app before the address is proven', async () => {
    const checkoutUrl = await fixture.startCheckout(createHttpSession())
    await fixture.pay(checkoutUrl, { email: fixture.newEmail() })
    const purchase = await fixture.waitForPurchase(sessionIdOf(checkoutUrl))
    await fixture.waitForSyncs(purchase.id, 'synced')
    const [grant] = await fixture.databases.ah<{ ownerProven: number }>(
      'SELECT ownerProven FROM AI_CrossAppGrant WHERE sourcePurchaseId = ?',
      [purchase.id],
    )
    expect(grant?.ownerProven).toBe(0)
  })
})

describe('the card form', () => {
  it('leaves nothing behind after a decline, and sells after a second try', async () => {
    const session = await fixture.signInByEmail('tt', fixture.newEmail())
    const checkoutUrl = await fixture.startCheckout(session)
    const declined = await fixture.pay(checkoutUrl, { card: CARDS.declined })
    expect(await declined.text()).toMatch(/declined/i)
    expect(await fixture.purchasesOf(sessionIdOf(checkoutUrl))).toHaveLength(0)

    await fixture.pay(checkoutUrl, {})
    await fixture.waitForPurchase(sessionIdOf(checkoutUrl))
  })
})

/** Opens a lesson of a bundle course on AI Hero as that person. */
async function lessonIsOpen(session: ReturnType<typeof createHttpSession>): Promise<boolean> {
  const page = await (await session.get(`${fixture.info.ah.url}${firstLessonPath}`)).text()
  return page.includes(firstLessonText)
}
