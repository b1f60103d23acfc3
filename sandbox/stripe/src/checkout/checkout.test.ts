import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GOOD_CARD, paymentIntentOf, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'
import { waitFor } from '../testing/wait-for.ts'

let test: TestSandbox
beforeAll(async () => {
  test = await startTestSandbox()
})
afterAll(() => test.close())

const DECLINED = { ...GOOD_CARD, cardNumber: '4000000000000002' }

describe('creating a session', () => {
  it('computes the amounts and keeps what the app needs to find its purchase', async () => {
    const session = await test.openSession({
      client_reference_id: 'purchase-1',
      customer_email: 'ada@example.com',
      metadata: { productId: 'p1' },
      payment_intent_data: { metadata: { productId: 'p1' } },
      line_items: [
        { price_data: { currency: 'usd', unit_amount: 4900, product_data: { name: 'One' } }, quantity: 2 },
        { price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Two' } }, quantity: 1 },
      ],
    })
    expect(session).toMatchObject({
      amount_subtotal: 10_800,
      amount_total: 10_800,
      client_reference_id: 'purchase-1',
      currency: 'usd',
      metadata: { productId: 'p1' },
      mode: 'payment',
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
    })
    expect(session.url).toBe(`${test.sandbox.url}/c/pay/${session.id}`)
    const lines = await test.stripe.checkout.sessions.listLineItems(session.id)
    expect(lines.data.map((line) => [line.description, line.quantity, line.amount_total])).toEqual([
      ['One', 2, 9800],
      ['Two', 1, 1000],
    ])
  })

  it('spreads a discount over the lines so that the parts add up', async () => {
    const coupon = await test.stripe.coupons.create({ percent_off: 33 })
    const line = (name: string) => ({
      price_data: { currency: 'usd', unit_amount: 999, product_data: { name } },
      quantity: 1,
    })
    const session = await test.openSession({
      discounts: [{ coupon: coupon.id }],
      line_items: [line('a'), line('b'), line('c')],
      expand: ['line_items'],
    })
    expect(session.total_details?.amount_discount).toBe(989)
    expect(session.amount_total).toBe(2997 - 989)
    const discounts = session.line_items?.data.map(({ amount_discount }) => amount_discount) ?? []
    expect(discounts.reduce((sum, part) => sum + part, 0)).toBe(989)
  })

  it('takes a coupon only off the products it is good for', async () => {
    const good = await test.stripe.products.create({ name: 'Good' })
    const coupon = await test.stripe.coupons.create({ percent_off: 50, applies_to: { products: [good.id] } })
    const session = await test.openSession({
      discounts: [{ coupon: coupon.id }],
      line_items: [
        { price_data: { currency: 'usd', unit_amount: 1000, product: good.id }, quantity: 1 },
        { price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: 'Other' } }, quantity: 1 },
      ],
    })
    expect(session.amount_total).toBe(1500)
  })

  it('refuses an inactive price, mixed currencies, too small a total and parameters that exclude each other', async () => {
    const product = await test.stripe.products.create({ name: 'Course' })
    const price = await test.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 900 })
    await test.stripe.prices.update(price.id, { active: false })
    await expect(test.openSession({ line_items: [{ price: price.id, quantity: 1 }] })).rejects.toMatchObject({
      param: 'line_items[0][price]',
    })
    const line = (currency: string, amount: number) => ({
      price_data: { currency, unit_amount: amount, product_data: { name: 'x' } },
      quantity: 1,
    })
    await expect(
      test.openSession({ line_items: [line('usd', 900), line('eur', 900)] }),
    ).rejects.toMatchObject({ param: 'line_items' })
    await expect(test.openSession({ line_items: [line('usd', 49)] })).rejects.toMatchObject({
      code: 'amount_too_small',
    })
    await expect(
      test.openSession({ allow_promotion_codes: true, discounts: [{ coupon: 'x' }] }),
    ).rejects.toMatchObject({ statusCode: 400 })
    await expect(test.openSession({ line_items: [{ price: price.id }] })).rejects.toMatchObject({
      code: 'parameter_missing',
      param: 'line_items[0][quantity]',
    })
  })
})

describe('paying by card', () => {
  it('completes the session and sends the buyer to the success page', async () => {
    const open = await test.openSession({
      customer_creation: 'always',
      payment_intent_data: { metadata: { productId: 'p1' }, description: 'A course' },
    })
    const answer = await test.post(`/c/pay/${open.id}`, GOOD_CARD)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`http://127.0.0.1:3000/thanks?session=${open.id}`)

    const session = await test.stripe.checkout.sessions.retrieve(open.id, {
      expand: ['payment_intent.latest_charge', 'customer'],
    })
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer: { object: 'customer', email: 'buyer@example.com' },
      customer_details: { email: 'buyer@example.com', name: 'Test Buyer' },
      payment_intent: {
        status: 'succeeded',
        amount: 4900,
        amount_received: 4900,
        metadata: { productId: 'p1' },
        latest_charge: {
          paid: true,
          captured: true,
          amount: 4900,
          amount_refunded: 0,
          metadata: { productId: 'p1' },
          payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', exp_year: 2034 } },
        },
      },
    })
  })

  it('makes no customer for a guest unless the app asks for one', async () => {
    expect((await test.buy()).customer).toBeNull()
  })

  it('pays once when the form is sent twice', async () => {
    const open = await test.openSession()
    const answers = await Promise.all([1, 2, 3].map(() => test.post(`/c/pay/${open.id}`, GOOD_CARD)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
    const session = await test.stripe.checkout.sessions.retrieve(open.id)
    const charges = await test.stripe.charges.list({ payment_intent: paymentIntentOf(session) })
    expect(charges.data).toHaveLength(1)
  })

  it('shows why a card was declined and leaves the session open for another try', async () => {
    const open = await test.openSession()
    const declined = await test.post(`/c/pay/${open.id}`, DECLINED)
    expect(declined.status).toBe(402)
    expect(await declined.text()).toContain('Your card was declined.')
    const poor = await test.post(`/c/pay/${open.id}`, { ...GOOD_CARD, cardNumber: '4000 0000 0000 9995' })
    expect(await poor.text()).toContain('Your card has insufficient funds.')
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).status).toBe('open')

    expect((await test.post(`/c/pay/${open.id}`, GOOD_CARD)).status).toBe(303)
    const session = await test.stripe.checkout.sessions.retrieve(open.id)
    expect(session.payment_status).toBe('paid')
    const charges = await test.stripe.charges.list({ payment_intent: paymentIntentOf(session) })
    expect(charges.data.map(({ status, failure_code }) => [status, failure_code])).toEqual([
      ['succeeded', null],
      ['failed', 'card_declined'],
      ['failed', 'card_declined'],
    ])
    expect(charges.data[1]?.outcome?.reason).toBe('insufficient_funds')
  })

  it.each([
    ['cardNumber', '4242 4242 4242 4241', 'Your card number is invalid.'],
    ['cardNumber', '4242', 'Your card number is incomplete.'],
    ['cardNumber', '4111111111111111', 'not one of its test cards'],
    ['cardExpiry', '12/20', 'expiration year is in the past'],
    ['cardExpiry', '13/34', 'expiration date is incomplete'],
    ['cardCvc', '1', 'security code is incomplete'],
    ['email', 'nobody', 'Your email address is invalid.'],
    ['email', '', 'Enter your email address.'],
  ])('refuses a bad %s (%s) on the server', async (name, value, message) => {
    const open = await test.openSession()
    const answer = await test.post(`/c/pay/${open.id}`, { ...GOOD_CARD, [name]: value })
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain(message.replaceAll("'", '&#39;'))
    expect(page).not.toContain('value="4111111111111111"')
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).payment_intent).toBeNull()
  })

  it.each(['12/34', '12 / 34', '1234', '12/2034'])('reads the expiry %s', async (cardExpiry) => {
    expect((await test.buy({ fields: { cardExpiry } })).payment_status).toBe('paid')
  })

  it('does not let the buyer change an email the session already has', async () => {
    const session = await test.buy({
      session: { customer_email: 'locked@example.com' },
      fields: { email: 'other@example.com' },
    })
    expect(session.customer_details?.email).toBe('locked@example.com')
  })

  it('refuses a form that comes from another site', async () => {
    const open = await test.openSession()
    const evil = await test.post(`/c/pay/${open.id}`, GOOD_CARD, { origin: 'http://evil.example' })
    expect(evil.status).toBe(403)
    const silent = await fetch(`${test.sandbox.url}/c/pay/${open.id}`, {
      method: 'POST',
      body: new URLSearchParams(GOOD_CARD),
    })
    expect(silent.status).toBe(403)
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).status).toBe('open')
  })

  it('does not charge another total than the page showed', async () => {
    const open = await test.openSession()
    const answer = await test.post(`/c/pay/${open.id}`, { ...GOOD_CARD, shownTotal: '100' })
    expect(answer.status).toBe(409)
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).status).toBe('open')
  })
})

describe('the page', () => {
  it('shows products, total, labelled fields, test cards and that it is a stand-in', async () => {
    const open = await test.openSession()
    const page = await test.page(`/c/pay/${open.id}`)
    for (const text of ['A course', '$49.00', 'Stand-in', '4000 0000 0000 9995', '>Email</label>']) {
      expect(page).toContain(text)
    }
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]+="https?:/)
  })

  it('fills in a test card without scripts', async () => {
    const open = await test.openSession()
    const page = await test.page(`/c/pay/${open.id}?use=4000000000000002`)
    expect(page).toContain('value="4000 0000 0000 0002"')
  })

  it('escapes what merchants write', async () => {
    const open = await test.openSession({
      line_items: [
        {
          price_data: { currency: 'usd', unit_amount: 900, product_data: { name: '<script>x</script>' } },
          quantity: 1,
        },
      ],
    })
    expect(await test.page(`/c/pay/${open.id}`)).not.toContain('<script>x')
  })

  it('says so when the session is paid or expired', async () => {
    const paid = await test.buy()
    expect(await test.page(`/c/pay/${paid.id}`)).toContain('all done here')
    const open = await test.openSession()
    await test.stripe.checkout.sessions.expire(open.id)
    expect(await test.page(`/c/pay/${open.id}`)).toContain('expired')
    expect((await test.post(`/c/pay/${open.id}`, GOOD_CARD)).status).toBe(410)
  })
})

describe('promotion codes', () => {
  async function makeCode(percent: number, limits: { max_redemptions?: number } = {}) {
    const coupon = await test.stripe.coupons.create({ percent_off: percent })
    const code = `CODE-${Math.random().toString(36).slice(2)}`
    return test.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code,
      ...limits,
    })
  }

  it('make a 100 % code free: no card, no payment intent, no_payment_required', async () => {
    const { code, id } = await makeCode(100)
    const open = await test.openSession({ allow_promotion_codes: true })
    const applied = await test.post(`/c/pay/${open.id}/promotion-code`, { promotionCode: code.toLowerCase() })
    expect(applied.status).toBe(303)
    const page = await test.page(`/c/pay/${open.id}`)
    expect(page).toContain('Pay $0.00')
    expect(page).not.toContain('Card number')

    const answer = await test.post(`/c/pay/${open.id}`, { email: 'free@example.com' })
    expect(answer.status).toBe(303)
    expect(await test.stripe.checkout.sessions.retrieve(open.id)).toMatchObject({
      amount_total: 0,
      payment_intent: null,
      payment_status: 'no_payment_required',
      status: 'complete',
      discounts: [{ promotion_code: id }],
    })
    expect((await test.stripe.promotionCodes.retrieve(id)).times_redeemed).toBe(1)
  })

  it('take a part off and can be removed again', async () => {
    const { code } = await makeCode(20)
    const open = await test.openSession({ allow_promotion_codes: true })
    await test.post(`/c/pay/${open.id}/promotion-code`, { promotionCode: code })
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).amount_total).toBe(3920)
    await test.post(`/c/pay/${open.id}/promotion-code/remove`, {})
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).amount_total).toBe(4900)
  })

  it('are refused when unknown, used up or not allowed', async () => {
    const open = await test.openSession({ allow_promotion_codes: true })
    const unknown = await test.post(`/c/pay/${open.id}/promotion-code`, { promotionCode: 'NOPE' })
    expect(unknown.status).toBe(400)
    expect(await unknown.text()).toContain('This code is invalid.')

    const once = await makeCode(100, { max_redemptions: 1 })
    const first = await test.openSession({ allow_promotion_codes: true })
    await test.post(`/c/pay/${first.id}/promotion-code`, { promotionCode: once.code })
    await test.post(`/c/pay/${first.id}`, { email: 'a@example.com' })
    const second = await test.post(`/c/pay/${open.id}/promotion-code`, { promotionCode: once.code })
    expect(second.status).toBe(400)

    const closed = await test.openSession()
    const free = await makeCode(100)
    await test.post(`/c/pay/${closed.id}/promotion-code`, { promotionCode: free.code })
    expect((await test.stripe.checkout.sessions.retrieve(closed.id)).amount_total).toBe(4900)
  })

  it('do not give a discount that was used up by another buyer in the meantime', async () => {
    const once = await makeCode(100, { max_redemptions: 1 })
    const sessions = await Promise.all([1, 2].map(() => test.openSession({ allow_promotion_codes: true })))
    const statuses: number[] = []
    for (const { id } of sessions)
      await test.post(`/c/pay/${id}/promotion-code`, { promotionCode: once.code })
    for (const { id } of sessions)
      statuses.push((await test.post(`/c/pay/${id}`, { email: 'a@b.co' })).status)
    expect(statuses).toEqual([303, 409])
  })
})

describe('bank debit, the delayed method', () => {
  const bank = (accountNumber: string) => ({
    email: 'slow@example.com',
    paymentMethod: 'bank_debit',
    accountHolderName: 'Slow Buyer',
    routingNumber: '110000000',
    accountNumber,
  })

  it('completes unpaid, then succeeds', async () => {
    const open = await test.openSession()
    expect((await test.post(`/c/pay/${open.id}`, bank('000123456789'))).status).toBe(303)
    const completed = await waitFor('the completed event', () =>
      test.receiver.received.find(
        ({ event }) => event.type === 'checkout.session.completed' && event.data.object.id === open.id,
      ),
    )
    expect(completed.event.data.object).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    await waitFor('the debit to be paid', async () => {
      const now = await test.stripe.checkout.sessions.retrieve(open.id)
      return now.payment_status === 'paid'
    })
    const events = (await test.stripe.events.list({ limit: 20 })).data.map(({ type }) => type)
    expect(events).toContain('checkout.session.async_payment_succeeded')
    expect(events).toContain('charge.pending')
  })

  it('completes unpaid, then fails when the account has no money', async () => {
    const open = await test.openSession()
    await test.post(`/c/pay/${open.id}`, bank('000222222227'))
    await test.receiver.waitForEvent('checkout.session.async_payment_failed')
    const session = await test.stripe.checkout.sessions.retrieve(open.id, { expand: ['payment_intent'] })
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method' },
    })
  })

  it('is settled by hand from the dashboard, also after a restart', async () => {
    await test.restart({ bankDebitDelayMs: 600_000 })
    const open = await test.openSession()
    await test.post(`/c/pay/${open.id}`, bank('000123456789'))
    await test.restart({ bankDebitDelayMs: 600_000 })
    const paymentIntent = paymentIntentOf(await test.stripe.checkout.sessions.retrieve(open.id))
    const path = `/dashboard/${test.accountKey}/payments/${paymentIntent}`
    const waiting = await test.page(path)
    expect(waiting).toContain('Let it fail')
    expect(waiting).toContain('The bank has not answered yet.')
    expect(waiting).not.toContain('Payment complete.')
    expect((await test.post(`${path}/settle`, { result: 'succeed' })).status).toBe(303)
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).payment_status).toBe('paid')
    expect((await test.post(`${path}/settle`, { result: 'fail' })).status).toBe(400)
  })

  it('is not offered when the app allows cards only', async () => {
    const open = await test.openSession({ allowed_payment_method_types: ['card'] })
    expect(await test.page(`/c/pay/${open.id}`)).not.toContain('Bank debit')
    expect((await test.post(`/c/pay/${open.id}`, bank('000123456789'))).status).toBe(400)
  })
})

describe('expiring', () => {
  it('closes an open session, once', async () => {
    const open = await test.openSession()
    const expired = await test.stripe.checkout.sessions.expire(open.id)
    expect(expired).toMatchObject({ status: 'expired', url: null })
    await expect(test.stripe.checkout.sessions.expire(open.id)).rejects.toMatchObject({ statusCode: 400 })
    await test.receiver.waitForEvent('checkout.session.expired')
  })
})
