import { GOOD_CARD, paymentIntentOf, type TestSandbox } from '../testing/test-sandbox.ts'
import { waitFor } from '../testing/wait-for.ts'

const DECLINED_CARD = { cardNumber: '4000000000000002' }
const REFUND_FAILS_CARD = { cardNumber: '4000000000005126' }
const REFUND_PENDING_CARD = { cardNumber: '4000000000007726' }
const DISPUTED_CARD = { cardNumber: '4000000000000259' }
const INQUIRY_CARD = { cardNumber: '4000000000001976' }
const BANK = {
  paymentMethod: 'bank_debit',
  accountHolderName: 'Test Buyer',
  routingNumber: '110000000',
  accountNumber: '000123456789',
}
const BANK_WITHOUT_MONEY = { ...BANK, accountNumber: '000222222227' }

/**
 * Makes a sandbox show every kind of object in every state it has, through Stripe's SDK and the pages: what it answers
 * and which webhooks it sends is then there to be looked at.
 */
export async function doEverythingOnce(test: TestSandbox): Promise<void> {
  const refused = await sellThings(test)
  await payInEveryWay(test)
  await giveMoneyBack(test)
  await dispute(test)
  await lookAtEverything(test, refused)
}

/** Products, prices, customers, coupons, promotion codes. @returns ids to look for in vain */
async function sellThings({ stripe }: TestSandbox): Promise<{ product: string }> {
  const product = await stripe.products.create({
    id: 'product-a',
    name: 'A course',
    description: 'All about it',
    images: ['https://example.com/a.png'],
    metadata: { productId: 'a' },
    shippable: false,
    statement_descriptor: 'A COURSE',
    unit_label: 'seat',
    url: 'https://example.com/a',
    default_price_data: { currency: 'usd', unit_amount: 4900, tax_behavior: 'inclusive' },
  })
  await stripe.products.update(product.id, { name: 'A better course', active: true })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 5900,
    lookup_key: 'a',
    transfer_lookup_key: true,
    nickname: 'full',
    metadata: { kind: 'full' },
  })
  await stripe.prices.update(price.id, { nickname: 'Full price', metadata: { kind: 'list' } })
  await expectRefusal(() => stripe.prices.update(String(product.default_price), { active: false }))
  await stripe.prices.create({ currency: 'usd', unit_amount: 100, product_data: { name: 'Made on the way' } })
  const doomed = await stripe.products.create({ name: 'Short-lived' })
  await stripe.products.del(doomed.id)
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    name: 'Ada',
    phone: '+15550100',
    description: 'A buyer',
    metadata: { userId: 'ada' },
  })
  await stripe.customers.update(customer.id, { name: 'Ada L.' })
  const gone = await stripe.customers.create({ email: 'gone@example.com' })
  await stripe.customers.del(gone.id)
  const coupon = await stripe.coupons.create({
    percent_off: 25,
    duration: 'once',
    name: 'A quarter',
    applies_to: { products: [product.id] },
    max_redemptions: 10,
    redeem_by: Math.floor(Date.now() / 1000) + 3600,
    metadata: { campaign: 'x' },
  })
  await stripe.coupons.update(coupon.id, { name: 'One quarter' })
  const fixed = await stripe.coupons.create({ amount_off: 500, currency: 'usd', duration: 'forever' })
  const ended = await stripe.coupons.create({ percent_off: 5 })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: ended.id }, code: 'ENDED' })
  await stripe.coupons.del(ended.id)
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: fixed.id },
    code: 'FIVE',
    customer: customer.id,
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    max_redemptions: 5,
    restrictions: { minimum_amount: 1000, minimum_amount_currency: 'usd', first_time_transaction: false },
    metadata: { campaign: 'x' },
  })
  await stripe.promotionCodes.update(code.id, { active: false })
  return { product: doomed.id }
}

async function payInEveryWay(test: TestSandbox): Promise<void> {
  const { stripe } = test
  const [price] = (await stripe.prices.list({ lookup_keys: ['a'], active: true })).data
  const lineItems = [{ price: price?.id ?? '', quantity: 2 }]
  const customer = await stripe.customers.create({ email: 'known@example.com' })
  const coupon = await stripe.coupons.create({ percent_off: 10 })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'TEN' })
  const free = await stripe.coupons.create({ percent_off: 100 })
  await test.buy({
    session: {
      line_items: lineItems,
      customer_creation: 'always',
      client_reference_id: 'ada',
      allow_promotion_codes: true,
      metadata: { productId: 'a' },
      payment_intent_data: {
        metadata: { productId: 'a' },
        description: 'A course',
        receipt_email: 'ada@example.com',
        statement_descriptor_suffix: 'COURSE',
      },
      locale: 'en',
      submit_type: 'pay',
      billing_address_collection: 'auto',
      expires_at: Math.floor(Date.now() / 1000) + 3600,
      ui_mode: 'hosted_page',
    },
  })
  await test.buy({
    session: { line_items: lineItems, customer: customer.id, discounts: [{ coupon: coupon.id }] },
  })
  const withCode = await test.openSession({ line_items: lineItems, allow_promotion_codes: true })
  await test.post(`/c/pay/${withCode.id}/promotion-code`, { promotionCode: 'TEN' })
  await test.post(`/c/pay/${withCode.id}`, GOOD_CARD)
  const nothingToPay = await test.openSession({ line_items: lineItems, discounts: [{ coupon: free.id }] })
  await test.post(`/c/pay/${nothingToPay.id}`, { email: 'free@example.com' })
  const declined = await test.openSession({ customer_email: 'declined@example.com' })
  await test.post(`/c/pay/${declined.id}`, { ...GOOD_CARD, ...DECLINED_CARD })
  await stripe.checkout.sessions.expire(declined.id)
  await stripe.checkout.sessions.update(declined.id, { metadata: { seen: 'yes' } })
  for (const bank of [BANK, BANK_WITHOUT_MONEY]) {
    const session = await test.openSession({ allowed_payment_method_types: ['card', 'us_bank_account'] })
    await test.post(`/c/pay/${session.id}`, { email: 'bank@example.com', ...bank })
  }
  await test.receiver.waitForEvent('checkout.session.async_payment_succeeded')
  await test.receiver.waitForEvent('checkout.session.async_payment_failed')
}

async function giveMoneyBack(test: TestSandbox): Promise<void> {
  const { stripe } = test
  const whole = paymentIntentOf(await test.buy())
  await stripe.refunds.create({
    payment_intent: whole,
    reason: 'requested_by_customer',
    metadata: { why: 'x' },
  })
  const parts = paymentIntentOf(await test.buy())
  const part = await stripe.refunds.create({ payment_intent: parts, amount: 900 })
  await stripe.refunds.update(part.id, { metadata: { why: 'kind' } })
  for (const fields of [REFUND_FAILS_CARD, REFUND_PENDING_CARD]) {
    const refund = await stripe.refunds.create({
      payment_intent: paymentIntentOf(await test.buy({ fields })),
    })
    await waitFor(`${refund.id} to be settled`, async () => {
      const { status } = await stripe.refunds.retrieve(refund.id)
      return fields === REFUND_FAILS_CARD ? status === 'failed' : status === 'succeeded'
    })
  }
}

async function dispute(test: TestSandbox): Promise<void> {
  const { stripe, accountKey } = test
  const disputeOf = (payment: string) =>
    waitFor('the dispute', async () => (await stripe.disputes.list({ payment_intent: payment })).data[0])
  const won = await disputeOf(paymentIntentOf(await test.buy({ fields: DISPUTED_CARD })))
  await test.post(`/dashboard/${accountKey}/disputes/${won.id}/close`, { result: 'won' })
  const lost = await disputeOf(paymentIntentOf(await test.buy({ fields: DISPUTED_CARD })))
  await stripe.disputes.close(lost.id)
  const asked = await disputeOf(paymentIntentOf(await test.buy({ fields: INQUIRY_CARD })))
  await test.post(`/dashboard/${accountKey}/disputes/${asked.id}/escalate`, {})
  await stripe.disputes.retrieve(asked.id, { expand: ['charge', 'payment_intent'] })
}

/** Reads everything, with everything expanded that can be, and some things that are not there. */
async function lookAtEverything(test: TestSandbox, missing: { product: string }): Promise<void> {
  const { stripe } = test
  const sessions = await stripe.checkout.sessions.list({
    limit: 100,
    expand: ['data.line_items', 'data.payment_intent.latest_charge.balance_transaction', 'data.customer'],
  })
  for (const { id } of sessions.data) await stripe.checkout.sessions.listLineItems(id, { limit: 10 })
  const intents = await stripe.paymentIntents.list({ limit: 100, expand: ['data.payment_method'] })
  for (const intent of intents.data) {
    await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge', 'customer'] })
    if (typeof intent.payment_method === 'object' && intent.payment_method !== null) {
      await stripe.paymentMethods.retrieve(intent.payment_method.id)
    }
  }
  const charges = await stripe.charges.list({
    limit: 100,
    expand: ['data.refunds', 'data.balance_transaction'],
  })
  for (const { id } of charges.data.slice(0, 3))
    await stripe.charges.update(id, { metadata: { seen: 'yes' } })
  await stripe.refunds.list({ limit: 100, expand: ['data.charge', 'data.failure_balance_transaction'] })
  await stripe.disputes.list({ limit: 100 })
  await stripe.products.list({ limit: 100, active: true, expand: ['data.default_price'] })
  await stripe.prices.list({ limit: 100, currency: 'usd', type: 'one_time', expand: ['data.product'] })
  await stripe.customers.list({ limit: 100, email: 'ada@example.com' })
  await stripe.coupons.list({ limit: 100 })
  await stripe.promotionCodes.list({ limit: 100, code: 'TEN', expand: ['data.promotion.coupon'] })
  await stripe.events.list({ limit: 100, type: 'charge.*', created: { gte: 1 } })
  await stripe.webhookEndpoints.list({ limit: 10 })
  await stripe.accounts.retrieveCurrent()
  const [balance] = charges.data.map(({ balance_transaction }) => balance_transaction)
  if (typeof balance === 'object' && balance !== null) await stripe.balanceTransactions.retrieve(balance.id)
  await expectRefusal(() => stripe.products.retrieve(missing.product))
  await expectRefusal(() =>
    stripe.prices.create({ currency: 'usd', product: missing.product, unit_amount: 1 }),
  )
  await expectRefusal(() => stripe.coupons.create({ percent_off: 500 }))
}

async function expectRefusal(call: () => Promise<unknown>): Promise<void> {
  const refused = await call().then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error('The sandbox did not refuse what it has to refuse.')
}
