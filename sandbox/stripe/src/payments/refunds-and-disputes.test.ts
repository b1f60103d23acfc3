import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paymentIntentOf, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'
import { waitFor } from '../testing/wait-for.ts'

let test: TestSandbox
beforeAll(async () => {
  test = await startTestSandbox()
})
afterAll(() => test.close())

async function chargeOf(paymentIntent: string) {
  const { data } = await test.stripe.charges.list({ payment_intent: paymentIntent, expand: ['data.refunds'] })
  const [charge] = data
  if (charge === undefined) throw new Error('no charge')
  return charge
}

async function eventsAbout(id: string): Promise<string[]> {
  const { data } = await test.stripe.events.list({ limit: 100 })
  return data
    .filter((event) => 'id' in event.data.object && event.data.object.id === id)
    .map(({ type }) => type)
}

describe('refunds', () => {
  it('give everything back by default', async () => {
    const payment = paymentIntentOf(await test.buy())
    const refund = await test.stripe.refunds.create({
      payment_intent: payment,
      reason: 'requested_by_customer',
      metadata: { why: 'test' },
    })
    expect(refund).toMatchObject({
      amount: 4900,
      status: 'succeeded',
      payment_intent: payment,
      metadata: { why: 'test' },
    })
    const charge = await chargeOf(payment)
    expect(charge).toMatchObject({ amount_refunded: 4900, refunded: true, status: 'succeeded' })
    expect(charge.refunds?.data.map(({ id }) => id)).toEqual([refund.id])
    expect(await eventsAbout(refund.id)).toEqual(['refund.created'])
    expect(await eventsAbout(charge.id)).toContain('charge.refunded')
    await expect(test.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    })
  })

  it('give back in parts up to the whole, and not a cent more', async () => {
    const payment = paymentIntentOf(await test.buy())
    const { id: charge } = await chargeOf(payment)
    await test.stripe.refunds.create({ charge, amount: 900 })
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 900, refunded: false })
    await expect(test.stripe.refunds.create({ charge, amount: 4001 })).rejects.toThrow(
      'Refund amount ($40.01) is greater than unrefunded amount on charge ($40.00)',
    )
    await test.stripe.refunds.create({ charge, amount: 4000 })
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 4900, refunded: true })
    expect((await test.stripe.refunds.list({ payment_intent: payment })).data).toHaveLength(2)
  })

  it('never exceed the charge when many come at once', async () => {
    const payment = paymentIntentOf(await test.buy())
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => test.stripe.refunds.create({ payment_intent: payment, amount: 2000 })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect((await chargeOf(payment)).amount_refunded).toBe(4000)
  })

  it('are refused for a payment that never succeeded', async () => {
    const open = await test.openSession()
    await test.post(`/c/pay/${open.id}`, {
      email: 'a@example.com',
      cardNumber: '4000000000000002',
      cardExpiry: '12/34',
      cardCvc: '123',
    })
    const payment = paymentIntentOf(await test.stripe.checkout.sessions.retrieve(open.id))
    await expect(test.stripe.refunds.create({ payment_intent: payment })).rejects.toMatchObject({
      statusCode: 400,
    })
  })

  it('keep metadata that is changed later', async () => {
    const refund = await test.stripe.refunds.create({ payment_intent: paymentIntentOf(await test.buy()) })
    await test.stripe.refunds.update(refund.id, { metadata: { seen: 'yes' } })
    expect((await test.stripe.refunds.retrieve(refund.id)).metadata).toEqual({ seen: 'yes' })
  })

  it('can fail afterwards: the charge counts them no longer', async () => {
    const payment = paymentIntentOf(await test.buy())
    const refund = await test.stripe.refunds.create({ payment_intent: payment })
    const answer = await test.post(`/dashboard/${test.accountKey}/refunds/${refund.id}/fail`, {})
    expect(answer.status).toBe(303)
    expect(await test.stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    })
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 0, refunded: false })
    expect(await eventsAbout(refund.id)).toEqual(
      expect.arrayContaining(['refund.created', 'refund.updated', 'refund.failed']),
    )
  })

  it('fail by themselves for the card that asks for it', async () => {
    const payment = paymentIntentOf(await test.buy({ fields: { cardNumber: '4000000000005126' } }))
    const refund = await test.stripe.refunds.create({ payment_intent: payment })
    expect(refund.status).toBe('succeeded')
    await waitFor('the refund to fail', async () => {
      const now = await test.stripe.refunds.retrieve(refund.id)
      return now.status === 'failed'
    })
  })

  it('are pending for a while for the card that asks for it', async () => {
    const payment = paymentIntentOf(await test.buy({ fields: { cardNumber: '4000000000007726' } }))
    const refund = await test.stripe.refunds.create({ payment_intent: payment })
    expect(refund.status).toBe('pending')
    await waitFor('the refund to succeed', async () => {
      const now = await test.stripe.refunds.retrieve(refund.id)
      return now.status === 'succeeded'
    })
  })
})

describe('disputes', () => {
  const act = (path: string, fields: Record<string, string>) =>
    test.post(`/dashboard/${test.accountKey}${path}`, fields)

  async function openDispute(kind: 'chargeback' | 'inquiry') {
    const payment = paymentIntentOf(await test.buy())
    expect((await act(`/payments/${payment}/dispute`, { kind })).status).toBe(303)
    const [dispute] = (await test.stripe.disputes.list({ payment_intent: payment })).data
    if (dispute === undefined) throw new Error('no dispute')
    return { payment, dispute }
  }

  it('take the money back at once and mark the charge', async () => {
    const { payment, dispute } = await openDispute('chargeback')
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 4900, is_charge_refundable: false })
    expect(await chargeOf(payment)).toMatchObject({ disputed: true })
    expect((await eventsAbout(dispute.id)).sort()).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
    ])
    await expect(test.stripe.refunds.create({ payment_intent: payment })).rejects.toMatchObject({
      code: 'charge_disputed',
    })
    expect((await act(`/payments/${payment}/dispute`, { kind: 'chargeback' })).status).toBe(400)
  })

  it.each(['won', 'lost'] as const)('end %s by the dashboard', async (result) => {
    const { dispute } = await openDispute('chargeback')
    await act(`/disputes/${dispute.id}/close`, { result })
    expect((await test.stripe.disputes.retrieve(dispute.id)).status).toBe(result)
    const events = await eventsAbout(dispute.id)
    expect(events).toContain('charge.dispute.closed')
    expect(events.includes('charge.dispute.funds_reinstated')).toBe(result === 'won')
    expect((await act(`/disputes/${dispute.id}/close`, { result: 'won' })).status).toBe(400)
  })

  it('as an inquiry take nothing, and may become a chargeback', async () => {
    const { payment, dispute } = await openDispute('inquiry')
    expect(dispute).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true })
    expect(await eventsAbout(dispute.id)).toEqual(['charge.dispute.created'])
    expect((await test.stripe.refunds.create({ payment_intent: payment, amount: 100 })).status).toBe(
      'succeeded',
    )
    await act(`/disputes/${dispute.id}/escalate`, {})
    expect((await test.stripe.disputes.retrieve(dispute.id)).status).toBe('needs_response')
    expect(await eventsAbout(dispute.id)).toContain('charge.dispute.funds_withdrawn')
  })

  it('as an inquiry end closed', async () => {
    const { dispute } = await openDispute('inquiry')
    await act(`/disputes/${dispute.id}/close`, { result: 'won' })
    expect((await test.stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed')
  })

  it('are lost when the merchant gives in by the API', async () => {
    const { dispute } = await openDispute('chargeback')
    expect((await test.stripe.disputes.close(dispute.id)).status).toBe('lost')
  })

  it('open by themselves for the card that asks for it', async () => {
    const payment = paymentIntentOf(await test.buy({ fields: { cardNumber: '4000000000000259' } }))
    expect((await test.stripe.disputes.list({ payment_intent: payment })).data).toHaveLength(1)
  })
})
