import { randomUUID } from 'node:crypto'
import { type StackInfo, seedLinkedBuyers } from '@sandbox/stack'
import { discountCodes } from '@sandbox/stack/catalogue'
import type { LinkedBuyer } from '@sandbox/stack/personas'
import Stripe from 'stripe'
import { type Databases, openDatabases } from './databases.ts'
import { fetchOnThisMachine } from './fetch-on-this-machine.ts'
import { createHttpSession, type HttpSession } from './http-session.ts'
import { createInbox } from './inbox.ts'
import { waitUntil } from './wait-until.ts'

/** The bundle of the local catalogue, and the AI Hero courses it opens. */
export const BUNDLE = 'product-typescript-plus-ai'

const BUYERS_PER_BATCH = 10

export const CARDS = {
  success: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
} as const

export type SyncRow = {
  id: string
  status: string
  desiredState: string
  revision: number
  ackedRevision: number
  refusedRevision: number | null
  stateVersion: number
  mirrorStatus: string | null
  errorMessage: string | null
  retryCount: number
  nextAttemptAt: Date | null
  targetProductId: string
}
export type GrantRow = {
  id: string
  status: string
  desiredState: string
  revision: number
  stateVersion: number
  userId: string | null
  productId: string
}

/** Everything a test, the demo or a bench does to a running stack, and all it reads to see what became of it. */
export type Scenario = ReturnType<typeof createScenario>

export function createScenario(info: StackInfo) {
  const databases: Databases = openDatabases({ tt: info.tt.databaseUrl, ah: info.ah.databaseUrl })
  const inbox = createInbox(info.inbox.url, 'any key: the inbox is a stand-in')
  const stripe = stripeOf(info, 'tt')
  let pool: Promise<LinkedBuyer[]> = Promise.resolve([])

  /** Signs in to an app by email link, as a person would, and returns the signed-in session. */
  async function signInByEmail(app: 'tt' | 'ah', email: string): Promise<HttpSession> {
    const session = createHttpSession()
    const { url } = info[app]
    const { csrfToken } = (await (await session.get(`${url}/api/auth/csrf`)).json()) as { csrfToken: string }
    const before = new Set((await inbox.mailsTo(email)).map(({ id }) => id))
    await session.postForm(`${url}/api/auth/signin/email`, { email, csrfToken, callbackUrl: url })
    const response = await session.get(await inbox.waitForSignInLink(app, email, before))
    await response.text()
    return session
  }

  return {
    info,
    databases,
    inbox,
    stripe,
    stripeOf: (app: 'tt' | 'ah') => stripeOf(info, app),
    signInByEmail,

    /** New people with an account on each app and a link between them. */
    newLinkedBuyers: (count: number): Promise<LinkedBuyer[]> => seedLinkedBuyers({ name: info.name, count }),

    /** One of them, nobody's before. Made ten at a time: the apps' seeds are programs, and starting one takes a second. */
    newLinkedBuyer(): Promise<LinkedBuyer> {
      const taken = pool.then(async (left) => {
        const buyers =
          left.length > 0 ? left : await seedLinkedBuyers({ name: info.name, count: BUYERS_PER_BATCH })
        const [buyer, ...rest] = buyers
        if (!buyer) throw new Error('The seed made no buyer.')
        return { buyer, rest }
      })
      pool = taken.then(({ rest }) => rest)
      return taken.then(({ buyer }) => buyer)
    },

    /** An address nobody has used before. */
    newEmail: (): string => `buyer-${randomUUID()}@example.com`,

    /** Opens a Checkout session through the shop's own form and returns the hosted page's address. */
    async startCheckout(session: HttpSession, productId: string = BUNDLE): Promise<string> {
      return session.postFormForLocation(`${info.tt.url}/api/checkout`, { productId })
    },

    /** Fills in and sends Stripe's hosted page; returns the response of the page that follows. */
    async pay(
      checkoutUrl: string,
      fields: { email?: string; card?: string; [field: string]: string | undefined },
    ): Promise<Response> {
      const { card = CARDS.success, email, ...rest } = fields
      const response = await createHttpSession().postForm(checkoutUrl, {
        paymentMethod: 'card',
        cardNumber: card,
        cardExpiry: '12 / 34',
        cardCvc: '123',
        cardholderName: 'Test Buyer',
        ...(email === undefined ? {} : { email }),
        ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Record<
          string,
          string
        >),
      })
      return response
    },

    /** Takes the whole price off with a promotion code, and completes without a card. */
    async payWithFullDiscount(checkoutUrl: string): Promise<void> {
      const code = discountCodes.find(({ percentOff }) => percentOff === 100)
      if (!code) throw new Error('The catalogue has no 100 % code.')
      const session = createHttpSession()
      await session.postForm(`${checkoutUrl}/promotion-code`, { promotionCode: code.code })
      await session.postForm(checkoutUrl, {})
    },

    /** Pays by the delayed method: the session completes unpaid, and the money comes later or not at all. */
    async payByBankDebit(checkoutUrl: string): Promise<void> {
      await createHttpSession().postForm(checkoutUrl, {
        paymentMethod: 'bank_debit',
        routingNumber: '110000000',
        accountNumber: '000123456789',
        accountHolderName: 'Test Buyer',
      })
    },

    /** Settles a delayed payment by the button of Stripe's dashboard. */
    async settleBankDebit(checkoutSessionId: string, result: 'succeed' | 'fail'): Promise<void> {
      const { payment_intent } = await stripe.checkout.sessions.retrieve(checkoutSessionId)
      await createHttpSession().postForm(
        `${info.stripe.url}/dashboard/tt/payments/${String(payment_intent)}/settle`,
        { result },
      )
    },

    /** A bundle bought by a signed-in person with 4242…; returns the Checkout session's id. */
    async buyBundle(session: HttpSession): Promise<{ checkoutSessionId: string }> {
      const checkoutUrl = await this.startCheckout(session)
      await this.pay(checkoutUrl, {})
      return { checkoutSessionId: sessionIdOf(checkoutUrl) }
    },

    /** The purchase that a Checkout session became; waits for the webhook. */
    async waitForPurchase(
      checkoutSessionId: string,
    ): Promise<{ id: string; userId: string; status: string }> {
      return waitUntil('the purchase', async () => {
        const [purchase] = await this.purchasesOf(checkoutSessionId)
        return purchase
      })
    },

    purchasesOf(checkoutSessionId: string): Promise<{ id: string; userId: string; status: string }[]> {
      return databases.tt(
        'SELECT p.id, p.userId, p.status FROM Purchase p JOIN MerchantSession s ON s.id = p.merchantSessionId WHERE s.identifier = ?',
        [checkoutSessionId],
      )
    },

    syncsOf: (purchaseId: string): Promise<SyncRow[]> =>
      databases.tt<SyncRow>('SELECT * FROM CrossAppSync WHERE purchaseId = ? ORDER BY targetProductId', [
        purchaseId,
      ]),

    grantsOf: (purchaseId: string): Promise<GrantRow[]> =>
      databases.ah<GrantRow>('SELECT * FROM AI_CrossAppGrant WHERE sourcePurchaseId = ? ORDER BY productId', [
        purchaseId,
      ]),

    /** The entitlements that are open for a purchase's grants. */
    openEntitlementsOf: (purchaseId: string): Promise<{ id: string; userId: string }[]> =>
      databases.ah(
        "SELECT e.id, e.userId FROM AI_Entitlement e JOIN AI_CrossAppGrant g ON e.sourceId = g.id WHERE g.sourcePurchaseId = ? AND e.sourceType = 'CROSS_APP_GRANT' AND e.deletedAt IS NULL",
        [purchaseId],
      ),

    /** Waits until every sync of a purchase is acknowledged with this status. */
    async waitForSyncs(purchaseId: string, status: string, timeoutMs = 20_000): Promise<SyncRow[]> {
      return waitUntil(
        `all syncs of ${purchaseId} to be ${status}`,
        async () => {
          const syncs = await this.syncsOf(purchaseId)
          return (
            syncs.length > 0 &&
            syncs.every((sync) => sync.status === status && sync.ackedRevision === sync.revision) &&
            syncs
          )
        },
        timeoutMs,
      )
    },

    /** Refunds through Stripe's API, as the dashboard does. */
    async refund(checkoutSessionId: string, amount?: number): Promise<Stripe.Refund> {
      const session = await stripe.checkout.sessions.retrieve(checkoutSessionId)
      return stripe.refunds.create({
        payment_intent: String(session.payment_intent),
        ...(amount === undefined ? {} : { amount }),
      })
    },

    /** Asks an app to do now what its cron does every minute. */
    async sweep(app: 'tt' | 'ah'): Promise<void> {
      const path = app === 'tt' ? '/api/cron/reconcile-syncs' : '/api/cron/sweep'
      const response = await fetchOnThisMachine(`${info[app].url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${info[app].cronSecret}` },
      })
      if (!response.ok) throw new Error(`The cron of ${app} answered ${response.status}.`)
    },

    /** Makes everything outstanding due now, as if its backoff had passed. */
    async expireBackoff(purchaseId: string): Promise<void> {
      await databases.tt(
        'UPDATE CrossAppSync SET nextAttemptAt = UTC_TIMESTAMP(3) WHERE purchaseId = ? AND nextAttemptAt IS NOT NULL',
        [purchaseId],
      )
    },

    close: (): Promise<void> => databases.close(),
  }
}

/** `cs_…` out of the hosted page's address. */
export function sessionIdOf(checkoutUrl: string): string {
  const found = /cs_[A-Za-z0-9_]+/.exec(checkoutUrl)
  if (!found) throw new Error('The checkout address names no session.')
  return found[0]
}

function stripeOf(info: StackInfo, app: 'tt' | 'ah'): Stripe {
  const url = new URL(info.stripe.url)
  return new Stripe(info.stripe[app].secretKey, {
    host: url.hostname,
    port: url.port,
    protocol: 'http',
    telemetry: false,
  })
}
