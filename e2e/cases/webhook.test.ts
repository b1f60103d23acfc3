import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openFixture } from '../src/fixture.ts'
import { sessionIdOf } from '../src/scenario.ts'
import { waitUntil } from '../src/wait-until.ts'
import { completionEventOf, deliverWebhook } from '../src/webhook.ts'

const fixture = openFixture()
afterEach(() => fixture.faults.heal())
afterAll(() => fixture.close())

async function boughtBundle() {
  const session = await fixture.signInByEmail('tt', fixture.newEmail())
  const { checkoutSessionId } = await fixture.buyBundle(session)
  const purchase = await fixture.waitForPurchase(checkoutSessionId)
  return { checkoutSessionId, purchase }
}

/** A session that was paid while Stripe's webhooks could not reach the shop. */
async function paidButUnheard() {
  await fixture.faults.setFault('stripeToTt', { kind: 'down' })
  const session = await fixture.signInByEmail('tt', fixture.newEmail())
  const { checkoutSessionId } = await fixture.buyBundle(session)
  const event = await waitUntil('the completion event', () => completionEventOf(fixture, checkoutSessionId))
  return { checkoutSessionId, event }
}

describe('the Stripe webhook', () => {
  it('makes one purchase and one set of syncs of an event that is delivered many times in parallel', async () => {
    const { checkoutSessionId, event } = await paidButUnheard()
    const statuses = await Promise.all(Array.from({ length: 8 }, () => deliverWebhook(fixture, event)))
    expect(statuses).toEqual(statuses.map(() => 200))
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(1)
    expect(await fixture.syncsOf(purchase.id)).toHaveLength(2)
    expect(await deliverWebhook(fixture, event)).toBe(200)
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(1)
  })

  it('makes one purchase of two different events for the same session', async () => {
    const { checkoutSessionId, event } = await paidButUnheard()
    const other = {
      ...event,
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      type: 'checkout.session.async_payment_succeeded',
    }
    expect(await Promise.all([deliverWebhook(fixture, event), deliverWebhook(fixture, other)])).toEqual([
      200, 200,
    ])
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(1)
  })

  it('grants a bundle bought with a 100 % code, which has no charge', async () => {
    const buyer = await fixture.newLinkedBuyer()
    const session = await fixture.signInByEmail('tt', buyer.ttEmail)
    const checkoutUrl = await fixture.startCheckout(session)
    await fixture.payWithFullDiscount(checkoutUrl)
    const purchase = await fixture.waitForPurchase(sessionIdOf(checkoutUrl))
    await fixture.waitForSyncs(purchase.id, 'synced')
    expect((await fixture.grantsOf(purchase.id)).every(({ status }) => status === 'active')).toBe(true)
  })

  it('answers 400 and writes nothing for a bad, missing or old signature, or a re-serialized body', async () => {
    const { checkoutSessionId, event } = await paidButUnheard()
    const statuses = [
      await deliverWebhook(fixture, event, { secret: `whsec_${randomUUID()}` }),
      await deliverWebhook(fixture, event, { signature: '' }),
      await deliverWebhook(fixture, event, { ageSeconds: 400 }),
      await deliverWebhook(fixture, event, {
        body: (payload) => JSON.stringify(JSON.parse(payload), null, 2),
      }),
    ]
    expect(statuses).toEqual([400, 400, 400, 400])
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(0)
    const inbox = await fixture.databases.tt('SELECT id FROM StripeEvent WHERE id = ?', [event.id])
    expect(inbox).toHaveLength(0)
    // Control: the same event, signed rightly, is taken.
    expect(await deliverWebhook(fixture, event)).toBe(200)
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(1)
  })

  it('grants nothing for an unpaid session until its payment succeeds', async () => {
    const session = await fixture.signInByEmail('tt', fixture.newEmail())
    const checkoutUrl = await fixture.startCheckout(session)
    await fixture.payByBankDebit(checkoutUrl)
    const checkoutSessionId = sessionIdOf(checkoutUrl)
    const completed = await waitUntil('the completion event', () =>
      completionEventOf(fixture, checkoutSessionId),
    )
    await waitUntil('the unpaid event to be taken', async () => {
      const rows = await fixture.databases.tt('SELECT id FROM StripeEvent WHERE id = ?', [completed.id])
      return rows.length === 1
    })
    expect(await fixture.purchasesOf(checkoutSessionId)).toHaveLength(0)

    await fixture.settleBankDebit(checkoutSessionId, 'succeed')
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'synced')
  })

  it('ends refunded and never granted when the refund is delivered before the completion', async () => {
    const { checkoutSessionId, event } = await paidButUnheard()
    const refund = await fixture.refund(checkoutSessionId)
    const refundEvent = await waitUntil('the refund event', async () => {
      const events = await fixture.stripe.events.list({ type: 'refund.created', limit: 20 })
      return events.data.find((each) => (each.data.object as { id?: string }).id === refund.id)
    })
    expect(await deliverWebhook(fixture, refundEvent)).toBe(200)
    expect(await deliverWebhook(fixture, event)).toBe(200)
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    expect(purchase.status).toBe('Refunded')
    const syncs = await fixture.waitForSyncs(purchase.id, 'revoked')
    expect(syncs.every(({ revision }) => revision === 1)).toBe(true)
    // What AI Hero wrote down of it, beside what it told: never a grant, only the tombstones that keep a late one out.
    const changes = await fixture.databases.ah<{ action: string }>(
      "SELECT DISTINCT action FROM AI_AuditEvent WHERE purchaseId = ? AND action LIKE 'grant.%' AND action <> 'grant.answered'",
      [purchase.id],
    )
    expect(changes).toEqual([{ action: 'grant.tombstoned' }])
  })

  it('sends one receipt for a purchase, however often its event comes', async () => {
    const email = fixture.newEmail()
    const session = await fixture.signInByEmail('tt', email)
    const { checkoutSessionId } = await fixture.buyBundle(session)
    const event = await waitUntil('the completion event', () => completionEventOf(fixture, checkoutSessionId))
    await Promise.all([deliverWebhook(fixture, event), deliverWebhook(fixture, event)])
    const purchase = await fixture.waitForPurchase(checkoutSessionId)
    await fixture.waitForSyncs(purchase.id, 'synced')
    await fixture.inbox.waitForMail(email, /receipt|order/i)
    await fixture.sweep('tt')
    const receipts = (await fixture.inbox.mailsTo(email)).filter(({ subject }) =>
      /receipt|order/i.test(subject),
    )
    expect(receipts).toHaveLength(1)
  })
})

describe('a purchase that was recorded', () => {
  it('has its sync rows in the same transaction, so that nothing can come between', async () => {
    const { purchase } = await boughtBundle()
    const [row] = await fixture.databases.tt<{ gap: number }>(
      'SELECT COUNT(*) AS gap FROM Purchase p WHERE p.id = ? AND NOT EXISTS (SELECT 1 FROM CrossAppSync s WHERE s.purchaseId = p.id)',
      [purchase.id],
    )
    expect(Number(row?.gap)).toBe(0)
  })
})
