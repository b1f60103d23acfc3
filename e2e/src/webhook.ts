import Stripe from 'stripe'
import { fetchOnThisMachine } from './fetch-on-this-machine.ts'
import type { Scenario } from './scenario.ts'

/** Delivers a Stripe event to TT ourselves, as often and as wrongly as a test wants. */
export async function deliverWebhook(
  scenario: Scenario,
  event: object,
  options: {
    secret?: string
    ageSeconds?: number
    body?: (payload: string) => string
    signature?: string
  } = {},
): Promise<number> {
  const payload = JSON.stringify(event)
  const signature =
    options.signature ??
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: options.secret ?? scenario.info.stripe.tt.webhookSecret,
      timestamp: Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0),
    })
  const response = await fetchOnThisMachine(`${scenario.info.tt.url}/api/stripe/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body: options.body ? options.body(payload) : payload,
  })
  await response.text()
  return response.status
}

/** The event with which Stripe reported a Checkout session. */
export async function completionEventOf(
  scenario: Scenario,
  checkoutSessionId: string,
): Promise<Stripe.Event> {
  for await (const event of scenario.stripe.events.list({ type: 'checkout.session.completed', limit: 50 })) {
    if ((event.data.object as { id?: string }).id === checkoutSessionId) return event
  }
  throw new Error('Stripe has no completion event for that session.')
}
