import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { type StripeSandbox, type StripeSandboxOptions, startStripeSandbox } from '../index.ts'
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts'

export interface TestSandbox {
  sandbox: StripeSandbox
  /** The SDK, signed in as the first account. */
  stripe: Stripe
  /** The SDK, signed in as the second account. */
  otherStripe: Stripe
  /** The first account's secret key. */
  secretKey: string
  /** The key of the first account in dashboard addresses. */
  accountKey: string
  /** Receives the first account's webhooks. */
  receiver: WebhookReceiver
  /** A paid session: `buy()` is a successful card payment through the hosted page. */
  buy(options?: BuyOptions): Promise<Stripe.Checkout.Session>
  openSession(parameters?: Partial<Stripe.Checkout.SessionCreateParams>): Promise<Stripe.Checkout.Session>
  /** Posts a form as a browser on the sandbox's own page does. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  /** The text of a page. */
  page(path: string): Promise<string>
  /** Starts the sandbox again on the same data, with other settings. */
  restart(options?: Partial<StripeSandboxOptions>): Promise<void>
  close(): Promise<void>
}

export interface BuyOptions {
  session?: Partial<Stripe.Checkout.SessionCreateParams>
  fields?: Record<string, string>
}

export const GOOD_CARD = {
  email: 'buyer@example.com',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '12 / 34',
  cardCvc: '123',
  cardholderName: 'Test Buyer',
}

/** Starts a sandbox with two accounts, a webhook endpoint and a folder of its own, on free ports. */
export async function startTestSandbox(options: Partial<StripeSandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'))
  const secret = `whsec_${randomUUID()}`
  const receiver = await startWebhookReceiver(secret)
  const secretKeys = [`sk_test_${randomUUID()}`, `sk_test_${randomUUID()}`] as const
  const start = (changed: Partial<StripeSandboxOptions>) =>
    startStripeSandbox({
      dataDir,
      accounts: [
        {
          name: 'Total TypeScript',
          key: 'tt',
          secretKey: secretKeys[0],
          webhooks: [{ url: receiver.url, secret, events: ['*'] }],
        },
        { name: 'AI Hero', key: 'ah', secretKey: secretKeys[1], webhooks: [] },
      ],
      firstRetryMs: 20,
      longestRetryMs: 100,
      bankDebitDelayMs: 50,
      ...options,
      ...changed,
    })
  const sdkFor = (sandbox: StripeSandbox, key: string) =>
    new Stripe(key, {
      host: '127.0.0.1',
      port: sandbox.port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
    })
  const sandbox = await start({})
  const test: TestSandbox = {
    sandbox,
    stripe: sdkFor(sandbox, secretKeys[0]),
    otherStripe: sdkFor(sandbox, secretKeys[1]),
    secretKey: secretKeys[0],
    accountKey: 'tt',
    receiver,
    openSession: (parameters = {}) =>
      test.stripe.checkout.sessions.create({
        mode: 'payment',
        success_url: 'http://127.0.0.1:3000/thanks?session={CHECKOUT_SESSION_ID}',
        cancel_url: 'http://127.0.0.1:3000/cancelled',
        line_items: [
          {
            price_data: { currency: 'usd', unit_amount: 4900, product_data: { name: 'A course' } },
            quantity: 1,
          },
        ],
        ...parameters,
      }),
    async buy({ session = {}, fields = {} } = {}) {
      const open = await test.openSession(session)
      const answer = await test.post(`/c/pay/${open.id}`, { ...GOOD_CARD, ...fields })
      if (answer.status !== 303) throw new Error(`Paying answered ${answer.status}`)
      return test.stripe.checkout.sessions.retrieve(open.id)
    },
    post: (path, fields, headers = {}) =>
      fetch(test.sandbox.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: test.sandbox.url, ...headers },
        body: new URLSearchParams(fields),
      }),
    page: async (path) => (await fetch(test.sandbox.url + path)).text(),
    async restart(changed = {}) {
      await test.sandbox.close()
      test.sandbox = await start(changed)
      test.stripe = sdkFor(test.sandbox, secretKeys[0])
      test.otherStripe = sdkFor(test.sandbox, secretKeys[1])
    },
    async close() {
      await test.sandbox.close()
      await receiver.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return test
}

/** The id of a session's payment intent; it must have one. */
export function paymentIntentOf(session: Stripe.Checkout.Session): string {
  if (typeof session.payment_intent !== 'string') throw new Error('The session has no payment intent.')
  return session.payment_intent
}
