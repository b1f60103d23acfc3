import type {NextApiRequest, NextApiResponse} from 'next'
import type Stripe from 'stripe'
import {handleStripeEvent} from '../../../commerce/handle-stripe-event'
import {dispatchAfterCommit} from '../../../cross-app'
import {env} from '../../../server/env'
import {hostContext} from '../../../server/host-context'
import {readRawBody} from '../../../server/http/raw-body'

/** The signature covers the raw bytes. */
export const config = {api: {bodyParser: false}}

const MAX_BYTES = 1024 * 1024

/**
 * 400 for what Stripe did not sign, with nothing written; 200 when the event's work is committed, whether or not the
 * rest of the world could be told; 500 when it could not be done, so that Stripe delivers again.
 */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    response.status(405).json({error: 'Use POST.'})
    return
  }
  const event = await readEvent(request)
  if (event === null) {
    response.status(400).json({error: 'This is not signed by Stripe for this endpoint.'})
    return
  }
  try {
    const {outcome, outboxIds} = await handleStripeEvent(hostContext, event)
    await dispatchAfterCommit(hostContext.crossApp, outboxIds)
    response.status(200).json({received: true, outcome})
  } catch (error) {
    hostContext.log.error('stripe.event-not-handled', {eventId: event.id, type: event.type, error})
    response.status(500).json({error: 'Not handled. Please deliver it again.'})
  }
}

async function readEvent(request: NextApiRequest): Promise<Stripe.Event | null> {
  const signature = request.headers['stripe-signature']
  try {
    const body = await readRawBody(request, MAX_BYTES)
    if (typeof signature !== 'string') return null
    return hostContext.stripe.webhooks.constructEvent(body, signature, env().STRIPE_WEBHOOK_SECRET)
  } catch (error) {
    // Too large, a wrong or old signature, or no JSON: nothing that Stripe sent.
    hostContext.log.warn('stripe.event-refused', {error})
    return null
  }
}
