import type Stripe from 'stripe'
import { stripe } from '@/server/stripe'
import { type PaidCheckout, recordCheckout } from './record-checkout'
import { recordRefund } from './record-refund'
import { RepeatedEventError } from './record-stripe-event'

export type StripeOutcome = 'done' | 'repeated' | 'ignored'

/** Works off one verified event of AI Hero's own Stripe account. What needs Stripe is asked before any transaction. */
export async function handleStripeEvent(event: Stripe.Event): Promise<StripeOutcome> {
	try {
		switch (event.type) {
			case 'checkout.session.completed':
			case 'checkout.session.async_payment_succeeded': {
				const session = event.data.object
				// A delayed method completes unpaid, and succeeds in an event of its own.
				if (session.payment_status === 'unpaid') return 'ignored'
				await recordCheckout(event, await toPaidCheckout(session))
				return 'done'
			}
			case 'charge.refunded': {
				const charge = event.data.object
				await recordRefund(event, {
					chargeId: charge.id,
					amount: charge.amount,
					amountRefunded: charge.amount_refunded,
				})
				return 'done'
			}
			default:
				return 'ignored'
		}
	} catch (error) {
		if (error instanceof RepeatedEventError) return 'repeated'
		throw error
	}
}

async function toPaidCheckout(session: Stripe.Checkout.Session): Promise<PaidCheckout> {
	return {
		sessionId: session.id,
		productId: session.metadata?.productId ?? null,
		userId: session.metadata?.userId ?? null,
		chargeId: await readChargeId(session.payment_intent),
		customerId: idOf(session.customer),
		amount: session.amount_total ?? 0,
	}
}

async function readChargeId(
	paymentIntent: Stripe.Checkout.Session['payment_intent'],
): Promise<string | null> {
	const id = idOf(paymentIntent)
	if (id === null) return null
	return idOf((await stripe().paymentIntents.retrieve(id)).latest_charge)
}

/** Stripe sends an id, or the whole object where it was asked to expand it. */
function idOf(reference: string | { id: string } | null | undefined): string | null {
	if (reference === null || reference === undefined) return null
	return typeof reference === 'string' ? reference : reference.id
}
