import type Stripe from 'stripe'
import { handleStripeEvent } from '@/commerce/handle-stripe-event'
import { env } from '@/server/env'
import { log } from '@/server/log'
import { stripe } from '@/server/stripe'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** AI Hero's own Stripe account. 400 for what Stripe did not sign; 500, so that Stripe repeats it, for what failed here. */
export async function POST(request: Request): Promise<Response> {
	const event = await verify(request)
	if (event === null) {
		return Response.json({ error: 'The signature does not fit this body.' }, { status: 400 })
	}
	try {
		return Response.json({ received: true, outcome: await handleStripeEvent(event) })
	} catch (error) {
		log.error('stripe.webhook_failed', { eventId: event.id, type: event.type, error })
		return Response.json({ error: 'It could not be worked off now. Send it again.' }, { status: 500 })
	}
}

/** The signature is over the raw bytes: the body must not be parsed before. */
async function verify(request: Request): Promise<Stripe.Event | null> {
	const signature = request.headers.get('stripe-signature')
	if (signature === null) return null
	try {
		const body = await request.text()
		return await stripe().webhooks.constructEventAsync(body, signature, env.STRIPE_WEBHOOK_SECRET)
	} catch (error) {
		log.warn('stripe.webhook_refused', { error: error instanceof Error ? error.name : 'unknown' })
		return null
	}
}
