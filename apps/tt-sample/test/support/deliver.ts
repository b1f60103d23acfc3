import type Stripe from 'stripe'
import {afterAll, beforeAll} from 'vitest'
import webhook from '../../src/pages/api/stripe/webhook'
import {hostContext} from '../../src/server/host-context'
import {serveRoute} from './serve-route'

let server: Awaited<ReturnType<typeof serveRoute>>

/** Call once at the top of a test file: `deliver` then posts to the real webhook route. */
export function useWebhook(): void {
  beforeAll(async () => {
    server = await serveRoute(webhook)
  })
  afterAll(async () => {
    await server.close()
  })
}

export interface DeliverOptions {
  /** Replaces the signature header; null sends none. */
  signature?: string | null
  /** The body as it is sent, if it isn't what was signed. */
  body?: string
  /** Seconds since the signature was made. */
  age?: number
}

/** Delivers an event as Stripe does, signed with the endpoint's secret. @returns the HTTP status */
export async function deliver(event: Stripe.Event, options: DeliverOptions = {}): Promise<number> {
  const payload = JSON.stringify(event, null, 2)
  const signature =
    options.signature === undefined
      ? hostContext.stripe.webhooks.generateTestHeaderString({
          payload,
          secret: 'whsec_for_tests',
          timestamp: Math.floor(Date.now() / 1000) - (options.age ?? 0),
        })
      : options.signature
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : {'stripe-signature': signature}),
    },
    body: options.body ?? payload,
  })
  await response.text()
  return response.status
}
