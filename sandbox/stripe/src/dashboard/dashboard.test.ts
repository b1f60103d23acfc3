import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paymentIntentOf, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'
import { waitFor } from '../testing/wait-for.ts'

let test: TestSandbox
beforeAll(async () => {
  test = await startTestSandbox()
})
afterAll(() => test.close())

describe('the dashboard', () => {
  it('says on every page, in a landmark of its own, that it is a stand-in', async () => {
    for (const path of ['/', '/dashboard/tt', '/dashboard/ah/webhooks', '/nothing']) {
      expect(await test.page(path)).toContain('<aside class="stand-in" aria-label="Stand-in">')
    }
  })

  it('is linked from the home page for each account', async () => {
    const home = await test.page('/')
    expect(home).toContain('href="/dashboard/tt"')
    expect(home).toContain('href="/dashboard/ah"')
  })

  it('lists payments with product, email and refunded amount, each with a link', async () => {
    const payment = paymentIntentOf(await test.buy({ fields: { email: 'row@example.com' } }))
    await test.stripe.refunds.create({ payment_intent: payment, amount: 1234 })
    const page = await test.page(`/dashboard/${test.accountKey}`)
    for (const text of [
      `/payments/${payment}"`,
      'row@example.com',
      'A course',
      '$12.34',
      'partially refunded',
    ]) {
      expect(page).toContain(text)
    }
    expect(await test.page('/dashboard/ah')).not.toContain(payment)
    const foreign = await fetch(`${test.sandbox.url}/dashboard/ah/payments/${payment}`)
    expect(foreign.status).toBe(404)
  })

  it('refunds a typed amount, or everything, and says when it is too much', async () => {
    const payment = paymentIntentOf(await test.buy())
    const path = `/dashboard/${test.accountKey}/payments/${payment}`
    expect(await test.page(path)).toMatch(/<button class="primary">Refund<\/button>/)
    expect((await test.post(`${path}/refund`, { amount: '10.50' })).status).toBe(303)
    const tooMuch = await test.post(`${path}/refund`, { amount: '49.00' })
    expect(tooMuch.status).toBe(400)
    expect(await tooMuch.text()).toContain('greater than unrefunded amount')
    expect((await test.post(`${path}/refund`, { amount: '1.005' })).status).toBe(400)
    expect((await test.post(`${path}/refund`, { amount: '' })).status).toBe(303)
    const refunds = await test.stripe.refunds.list({ payment_intent: payment })
    expect(refunds.data.map(({ amount }) => amount)).toEqual([3850, 1050])
  })

  it('refunds once when its form is sent twice', async () => {
    const payment = paymentIntentOf(await test.buy())
    const path = `/dashboard/${test.accountKey}/payments/${payment}/refund`
    const fields = { amount: '5.00', formId: `form-${payment}` }
    const answers = await Promise.all([test.post(path, fields), test.post(path, fields)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await test.stripe.refunds.list({ payment_intent: payment })).data).toHaveLength(1)
  })

  it('refuses a refund that comes from another site', async () => {
    const payment = paymentIntentOf(await test.buy())
    const path = `/dashboard/${test.accountKey}/payments/${payment}/refund`
    const answer = await test.post(path, { amount: '' }, { origin: 'http://evil.example' })
    expect(answer.status).toBe(403)
    const crossSite = await test.post(path, { amount: '' }, { 'sec-fetch-site': 'cross-site' })
    expect(crossSite.status).toBe(403)
    expect((await test.stripe.refunds.list({ payment_intent: payment })).data).toHaveLength(0)
  })

  it('shows events, deliveries and their attempts, and sends one again', async () => {
    await test.stripe.products.create({ name: 'Seen twice' })
    const { event } = await test.receiver.waitForEvent('product.created')
    const eventPage = await waitFor('the delivery to be recorded', async () => {
      const page = await test.page(`/dashboard/${test.accountKey}/events/${event.id}`)
      return page.includes('>delivered<') ? page : undefined
    })
    const [, delivery] = /deliveries\/(\d+)\/resend/.exec(eventPage) ?? []
    expect(await test.page(`/dashboard/${test.accountKey}/deliveries/${delivery}`)).toContain('answered 200')
    expect(await test.page(`/dashboard/${test.accountKey}/webhooks`)).toContain('product.created')
    expect(await test.page(`/dashboard/${test.accountKey}/events`)).toContain(event.id)

    await test.post(`/dashboard/${test.accountKey}/deliveries/${delivery}/resend`, {})
    await waitFor(
      'the event to arrive twice',
      () => test.receiver.received.filter((one) => one.event.id === event.id).length === 2,
    )
  })

  it('lists checkouts that cost nothing, and expires open ones', async () => {
    const coupon = await test.stripe.coupons.create({ percent_off: 100 })
    const free = await test.openSession({ discounts: [{ coupon: coupon.id }] })
    await test.post(`/c/pay/${free.id}`, { email: 'free@example.com' })
    const open = await test.openSession()
    const page = await test.page(`/dashboard/${test.accountKey}/checkouts`)
    expect(page).toContain('no payment required')
    await test.post(`/dashboard/${test.accountKey}/checkouts/${open.id}/expire`, {})
    expect((await test.stripe.checkout.sessions.retrieve(open.id)).status).toBe('expired')
  })

  it('is not served under a name it does not know', async () => {
    const { request } = await import('node:http')
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        { host: '127.0.0.1', port: test.sandbox.port, path: '/', headers: { host: 'evil.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
        .on('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })
})
