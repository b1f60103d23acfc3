import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'
import { waitFor } from '../testing/wait-for.ts'
import { startWebhookReceiver } from '../testing/webhook-receiver.ts'

// Each test has a sandbox of its own: what one leaves undelivered must not arrive in the next.
let test: TestSandbox
beforeEach(async () => {
  test = await startTestSandbox()
})
afterEach(() => test.close())

describe('webhooks', () => {
  it('tell the whole story of a card payment', async () => {
    const session = await test.buy({ session: { customer_creation: 'always' } })
    await waitFor('all events', () => test.receiver.types().includes('charge.updated'))
    await waitFor('the completed event', () => test.receiver.types().includes('checkout.session.completed'))
    expect(new Set(test.receiver.types())).toEqual(
      new Set([
        'customer.created',
        'payment_intent.created',
        'charge.succeeded',
        'payment_intent.succeeded',
        'checkout.session.completed',
        'charge.updated',
      ]),
    )
    const { event } = await test.receiver.waitForEvent('checkout.session.completed')
    expect(event).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      data: { object: { id: session.id, payment_status: 'paid' } },
    })
  })

  it('are signed over the raw body, so that a changed one is refused', async () => {
    const secret = `whsec_${randomUUID()}`
    const other = await startWebhookReceiver(secret)
    await test.restart({
      accounts: [
        {
          name: 'Total TypeScript',
          key: 'tt',
          secretKey: test.secretKey,
          webhooks: [{ url: other.url, secret, events: ['product.created'] }],
        },
      ],
    })
    await test.stripe.products.create({ name: 'Signed' })
    // The receiver itself verified it; here the same check must fail for anything else.
    const { body, signature } = await other.waitForEvent('product.created')
    expect(Stripe.webhooks.constructEvent(body, signature, secret).type).toBe('product.created')
    const check =
      (changed: string, key = secret) =>
      () =>
        Stripe.webhooks.constructEvent(changed, signature, key)
    expect(check(body.replace('Signed', 'Forged'))).toThrow(/signature/)
    expect(check(JSON.stringify(JSON.parse(body)))).toThrow(/signature/)
    expect(check(body, `whsec_${randomUUID()}`)).toThrow(/signature/)

    await test.stripe.customers.create({ name: 'Not wanted there' })
    await test.stripe.products.create({ name: 'Wanted' })
    await waitFor('the second product', () => other.received.length === 2)
    expect(other.types()).toEqual(['product.created', 'product.created'])
    await other.close()
  })

  it('are sent again until the endpoint answers 2xx; a redirect is no success', async () => {
    test.receiver.answerWith(500, 302, 400)
    const { id } = await test.stripe.coupons.create({ percent_off: 10 })
    const { event } = await test.receiver.waitForEvent('coupon.created')
    expect(event.data.object).toMatchObject({ id })
    const page = await waitFor('the attempts to be recorded', async () => {
      const text = await test.page(`/dashboard/${test.accountKey}/events/${event.id}`)
      return text.includes('>delivered<') ? text : undefined
    })
    const [, delivery] = /deliveries\/(\d+)\/resend/.exec(page) ?? []
    const attempts = await test.page(`/dashboard/${test.accountKey}/deliveries/${delivery}`)
    for (const status of [500, 302, 400, 200]) expect(attempts).toContain(`answered ${status}`)
    expect((await test.stripe.events.retrieve(event.id)).pending_webhooks).toBe(0)
  })

  it('are tried again when the endpoint does not answer in time', async () => {
    const { createServer } = await import('node:http')
    let requests = 0
    const hanging = createServer((request, response) => {
      requests++
      request.resume()
      if (requests > 1) response.end('ok')
    })
    hanging.listen(0, '127.0.0.1')
    await once(hanging, 'listening')
    const address = hanging.address()
    const port = typeof address === 'object' ? address?.port : 0
    await test.restart({
      webhookTimeoutMs: 60,
      accounts: [
        {
          name: 'Total TypeScript',
          key: 'tt',
          secretKey: test.secretKey,
          webhooks: [{ url: `http://127.0.0.1:${port}/`, secret: 'whsec_x', events: ['*'] }],
        },
      ],
    })
    await test.stripe.products.create({ name: 'Slow' })
    await waitFor('the second attempt', () => requests >= 2)
    hanging.closeAllConnections()
    hanging.close()
  })

  it('arrive in no promised order when they are shuffled', async () => {
    await test.restart({ shuffleMs: 60 })
    const before = test.receiver.received.length
    const names = Array.from({ length: 12 }, (_, index) => `shuffled ${index}`)
    for (const name of names) await test.stripe.customers.create({ name })
    await waitFor('all of them', () => test.receiver.received.length - before >= names.length)
    const arrived = test.receiver.received
      .slice(before)
      .map(({ event }) => (event.type === 'customer.created' ? event.data.object.name : null))
    expect([...arrived].sort()).toEqual([...names].sort())
    expect(arrived).not.toEqual(names)
  })
})

describe('the process', () => {
  it('delivers after kill -9 what was accepted before it, and keeps all its data', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stripe-process-'))
    const secret = `whsec_${randomUUID()}`
    const secretKey = `sk_test_${randomUUID()}`
    const closed = await startWebhookReceiver(secret)
    const address = new URL(closed.url)
    await closed.close() // the endpoint is down while the events happen
    const accounts = join(folder, 'accounts.json')
    await writeFile(
      accounts,
      JSON.stringify([
        { name: 'TT', key: 'tt', secretKey, webhooks: [{ url: address.href, secret, events: ['*'] }] },
      ]),
    )
    const first = await startProcess(folder, accounts)
    const product = await sdk(first.port, secretKey).products.create({ name: 'Survivor' })
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const receiver = await startWebhookReceiver(secret, Number(address.port))
    const second = await startProcess(folder, accounts)
    const { event } = await receiver.waitForEvent('product.created')
    expect(event.data.object).toMatchObject({ id: product.id })
    expect(await sdk(second.port, secretKey).products.retrieve(product.id)).toMatchObject({
      name: 'Survivor',
    })

    second.child.kill('SIGTERM')
    const [code] = await once(second.child, 'exit')
    expect(code).toBe(0)
    await receiver.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('refuses a bad accounts file, a taken folder and a missing flag with one clear message', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stripe-process-'))
    const accounts = join(folder, 'accounts.json')
    await writeFile(accounts, JSON.stringify([{ name: 'TT', key: 'tt', secretKey: 'sk_live_x' }]))
    const bad = await runProcess(['--port', '0', '--data-dir', folder, '--accounts', accounts])
    expect(bad).toMatchObject({ code: 1 })
    expect(bad.stderr).toContain('accounts[0].secretKey must start with sk_test_')

    await writeFile(accounts, JSON.stringify([{ name: 'TT', key: 'tt', secretKey: 'sk_test_x' }]))
    const running = await startProcess(folder, accounts)
    const second = await runProcess([
      '--port',
      '0',
      '--data-dir',
      join(folder, 'data'),
      '--accounts',
      accounts,
    ])
    expect(second).toMatchObject({ code: 1 })
    expect(second.stderr).toContain('Another Stripe sandbox is using')
    const taken = await runProcess([
      '--port',
      String(running.port),
      '--data-dir',
      join(folder, 'other'),
      '--accounts',
      accounts,
    ])
    expect(taken.stderr).toContain('already taken')
    running.child.kill('SIGINT')
    expect((await once(running.child, 'exit'))[0]).toBe(0)

    const missing = await runProcess(['--port', '0'])
    expect(missing).toMatchObject({ code: 1 })
    expect(missing.stderr).toContain('Usage:')
    await rm(folder, { recursive: true, force: true })
  })
})

const MAIN = join(import.meta.dirname, '..', 'main.ts')

function sdk(port: number, secretKey: string): Stripe {
  return new Stripe(secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false })
}

async function startProcess(
  folder: string,
  accounts: string,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(
    process.execPath,
    [
      MAIN,
      '--port',
      '0',
      '--data-dir',
      join(folder, 'data'),
      '--accounts',
      accounts,
      '--longest-retry-ms',
      '200',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const port = await waitFor('the ready line', () => /ready at http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1])
  return { child, port: Number(port) }
}

async function runProcess(flags: string[]): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const [code] = await once(child, 'exit')
  return { code: Number(code), stderr }
}
