import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'

let test: TestSandbox
beforeAll(async () => {
  test = await startTestSandbox()
})
afterAll(() => test.close())

/** An API call the SDK would not let us make. */
async function rawCall(method: string, path: string): Promise<{ status: number; error: unknown }> {
  const response = await test.stripe.rawRequest(method, path).catch((error: unknown) => error)
  if (response instanceof Stripe.errors.StripeError)
    return { status: response.statusCode ?? 0, error: response }
  throw new Error(`Expected an error from ${method} ${path}`)
}

describe('accounts', () => {
  it('see nothing of each other', async () => {
    const product = await test.stripe.products.create({ name: 'Only here' })
    await expect(test.otherStripe.products.retrieve(product.id)).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    })
    expect((await test.otherStripe.products.list()).data).toHaveLength(0)
    expect((await test.otherStripe.events.list()).data).toHaveLength(0)
    const session = await test.buy()
    await expect(test.otherStripe.checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      statusCode: 404,
    })
    await expect(
      test.otherStripe.refunds.create({ payment_intent: String(session.payment_intent) }),
    ).rejects.toMatchObject({ code: 'resource_missing', statusCode: 400 })
  })

  it('may both use the same idempotency key', async () => {
    const options = { idempotencyKey: `shared-${Date.now()}` }
    const mine = await test.stripe.products.create({ name: 'Mine' }, options)
    const theirs = await test.otherStripe.products.create({ name: 'Theirs' }, options)
    expect(mine.id).not.toBe(theirs.id)
  })
})

describe('errors', () => {
  it('are 401 for a wrong key, and the key is not shown', async () => {
    const wrong = new Stripe('sk_test_wrong_key_1234', {
      host: '127.0.0.1',
      port: test.sandbox.port,
      protocol: 'http',
      telemetry: false,
    })
    const error = await wrong.products.list().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
    expect(String(error)).not.toContain('sk_test_wrong_key_1234')
    expect((await fetch(`${test.sandbox.url}/v1/products`)).status).toBe(401)
  })

  it('name every unknown parameter', async () => {
    const response = await fetch(`${test.sandbox.url}/v1/checkout/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.secretKey}` },
      body: new URLSearchParams({ mode: 'payment', colour: 'red', 'line_items[0][size]': 'xl' }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', code: 'parameter_unknown', param: 'colour' },
    })
  })

  it('name a missing parameter', async () => {
    await expect(
      test.stripe.checkout.sessions.create({ mode: 'payment', line_items: [] }),
    ).rejects.toMatchObject({ code: 'parameter_missing', param: 'success_url' })
  })

  it('say which reference does not exist', async () => {
    await expect(
      test.openSession({ line_items: [{ price: 'price_gone', quantity: 1 }] }),
    ).rejects.toMatchObject({ code: 'resource_missing', param: 'line_items[0][price]', statusCode: 400 })
  })

  it('are 404 with an error object for what the sandbox does not implement', async () => {
    const { status, error } = await rawCall('GET', '/v1/invoices')
    expect(status).toBe(404)
    expect(String(error)).toContain('does not implement')
  })

  it('refuse another API version than the one answered in', async () => {
    await expect(test.stripe.products.list({}, { apiVersion: '2020-08-27' })).rejects.toMatchObject({
      statusCode: 400,
    })
  })

  it('refuse a body that is not a form', async () => {
    const response = await fetch(`${test.sandbox.url}/v1/products`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.secretKey}`, 'content-type': 'application/json' },
      body: '{"name":"x"}',
    })
    expect(response.status).toBe(400)
  })
})

describe('idempotency keys', () => {
  it('answer the same call with the same object and say that it is a replay', async () => {
    const options = { idempotencyKey: `same-${Date.now()}` }
    const first = await test.stripe.products.create({ name: 'Once' }, options)
    const second = await test.stripe.products.create({ name: 'Once' }, options)
    expect(second.id).toBe(first.id)
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId)
  })

  it('are refused with other parameters or another path', async () => {
    const options = { idempotencyKey: `other-${Date.now()}` }
    await test.stripe.products.create({ name: 'One' }, options)
    await expect(test.stripe.products.create({ name: 'Two' }, options)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    )
    await expect(test.stripe.customers.create({ name: 'One' }, options)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    )
  })

  it('make two objects without a key', async () => {
    const [first, second] = await Promise.all([
      test.stripe.products.create({ name: 'Twin' }),
      test.stripe.products.create({ name: 'Twin' }),
    ])
    expect(first?.id).not.toBe(second?.id)
  })

  it('refund once when the same refund is sent twice in parallel', async () => {
    const session = await test.buy()
    const options = { idempotencyKey: `refund-${session.id}` }
    const refund = () =>
      test.stripe.refunds.create({ payment_intent: String(session.payment_intent), amount: 1000 }, options)
    const [first, second] = await Promise.all([refund(), refund()])
    expect(first?.id).toBe(second?.id)
    const paymentIntent = await test.stripe.paymentIntents.retrieve(String(session.payment_intent), {
      expand: ['latest_charge'],
    })
    expect(paymentIntent.latest_charge).toMatchObject({ amount_refunded: 1000 })
  })

  it('outlive a restart', async () => {
    const options = { idempotencyKey: `restart-${Date.now()}` }
    const first = await test.stripe.products.create({ name: 'Kept' }, options)
    await test.restart()
    expect((await test.stripe.products.create({ name: 'Kept' }, options)).id).toBe(first.id)
  })

  it('keep the error of a call that had begun, but not of one with bad parameters', async () => {
    const session = await test.buy()
    const payment = String(session.payment_intent)
    const tooMuch = { idempotencyKey: `error-${session.id}` }
    const call = () => test.stripe.refunds.create({ payment_intent: payment, amount: 999_999 }, tooMuch)
    await expect(call()).rejects.toMatchObject({ statusCode: 400 })
    const replay = await call().catch((error: unknown) => error)
    expect(replay).toMatchObject({ headers: { 'idempotent-replayed': 'true' } })

    const bad = { idempotencyKey: `bad-${session.id}` }
    await expect(
      test.stripe.refunds.create({ payment_intent: payment, amount: 0 }, bad),
    ).rejects.toMatchObject({
      param: 'amount',
    })
    expect((await test.stripe.refunds.create({ payment_intent: payment, amount: 100 }, bad)).amount).toBe(100)
  })
})

describe('lists', () => {
  it('come newest first in pages, both ways, and the SDK walks all of them', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const run = `list-${Date.now()}@example.com`
    for (const name of names) await test.stripe.customers.create({ email: run, name })

    const first = await test.stripe.customers.list({ email: run, limit: 2 })
    expect(first.data.map(({ name }) => name)).toEqual(['e', 'd'])
    expect(first.has_more).toBe(true)
    const after = first.data[1]?.id ?? ''
    const second = await test.stripe.customers.list({ email: run, limit: 2, starting_after: after })
    expect(second.data.map(({ name }) => name)).toEqual(['c', 'b'])
    const before = await test.stripe.customers.list({
      email: run,
      limit: 2,
      ending_before: second.data[1]?.id ?? '',
    })
    expect(before.data.map(({ name }) => name)).toEqual(['d', 'c'])
    expect(before.has_more).toBe(true)

    const walked: (string | null | undefined)[] = []
    for await (const customer of test.stripe.customers.list({ email: run, limit: 2 }))
      walked.push(customer.name)
    expect(walked).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('refuse a limit above 100 and a cursor that names nothing', async () => {
    await expect(test.stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' })
    await expect(test.stripe.customers.list({ starting_after: 'cus_gone' })).rejects.toMatchObject({
      param: 'starting_after',
      code: 'resource_missing',
    })
  })

  it('filter by the time of creation', async () => {
    const now = Math.floor(Date.now() / 1000)
    await test.stripe.customers.create({ name: 'Now' })
    expect((await test.stripe.customers.list({ created: { gt: now + 100 } })).data).toHaveLength(0)
    expect((await test.stripe.customers.list({ created: { gte: now - 100 } })).data.length).toBeGreaterThan(0)
  })
})

describe('expand', () => {
  it('fills in references over several levels, in objects and in lists', async () => {
    const customer = await test.stripe.customers.create({ email: 'expand@example.com' })
    const { id } = await test.buy({ session: { customer: customer.id } })
    const session = await test.stripe.checkout.sessions.retrieve(id, {
      expand: [
        'customer',
        'line_items.data.price.product',
        'payment_intent.latest_charge.balance_transaction',
        'payment_intent.payment_method',
      ],
    })
    expect(session.customer).toMatchObject({ object: 'customer', email: 'expand@example.com' })
    expect(session.line_items?.data[0]?.price?.product).toMatchObject({ object: 'product', name: 'A course' })
    expect(session.payment_intent).toMatchObject({
      object: 'payment_intent',
      payment_method: { object: 'payment_method', card: { last4: '4242' } },
      latest_charge: {
        object: 'charge',
        balance_transaction: { object: 'balance_transaction', amount: 4900, fee: 172, net: 4728 },
      },
    })
    const list = await test.stripe.checkout.sessions.list({
      customer: customer.id,
      expand: ['data.line_items'],
    })
    expect(list.data[0]?.line_items?.data).toHaveLength(1)
  })

  it('leaves ids alone when it is not asked for', async () => {
    const session = await test.buy()
    expect(typeof session.payment_intent).toBe('string')
    expect(session.line_items).toBeUndefined()
  })

  it('takes it for no mistake to ask for what an object has only sometimes', async () => {
    const { payment_intent } = await test.buy()
    const refund = await test.stripe.refunds.create({ payment_intent: String(payment_intent) })
    const expand = ['failure_balance_transaction']
    expect(await test.stripe.refunds.retrieve(refund.id, { expand })).toMatchObject({ id: refund.id })
    await expect(test.stripe.charges.list({ expand: ['data.failure'] })).rejects.toMatchObject({
      statusCode: 400,
    })
  })

  it('refuses what can not be expanded', async () => {
    const session = await test.openSession()
    await expect(
      test.stripe.checkout.sessions.retrieve(session.id, { expand: ['status'] }),
    ).rejects.toMatchObject({ statusCode: 400 })
    await expect(
      test.stripe.checkout.sessions.retrieve(session.id, { expand: ['nothing_like_it'] }),
    ).rejects.toMatchObject({ statusCode: 400 })
  })
})
