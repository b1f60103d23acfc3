import {InvalidEmailError, normaliseEmail} from '@cross-app/shared'
import type Stripe from 'stripe'

/** A Checkout session as Stripe has it now, reduced to what recording it needs. Amounts in integer minor units. */
export interface Checkout {
  sessionId: string
  mode: string
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required'
  amountTotal: number
  currency: string
  createdAt: Date
  customerId: string | null
  /** Normalised; null when Stripe has none, or one that is no address. */
  email: string | null
  name: string | null
  /** ISO country of the billing address. */
  billingCountry: string | null
  /** Set by our own server when it opened the session; Stripe lets no buyer change it. */
  metadata: {userId: string | null; productId: string | null; restriction: string | null}
  priceId: string | null
  stripeProductId: string | null
  stripeCouponId: string | null
  /** Null for a fully discounted session, and while a delayed payment is under way. */
  charge: {id: string; amount: number} | null
}

/**
 * Reads a Checkout session from Stripe: what is true now, not what was when an event was made.
 *
 * @throws Stripe's own errors when it can't be read; the webhook then answers 500 and Stripe delivers again
 */
export async function fetchCheckout(stripe: Stripe, sessionId: string): Promise<Checkout> {
  const session = await stripe.checkout.sessions.retrieve(sessionId, {
    expand: ['line_items', 'payment_intent.latest_charge'],
  })
  const price = session.line_items?.data[0]?.price ?? null
  const discount = session.discounts?.[0]
  return {
    sessionId: session.id,
    mode: session.mode,
    paymentStatus: paymentStatusOf(session.payment_status),
    amountTotal: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    createdAt: new Date(session.created * 1000),
    customerId: idOf(session.customer),
    email: addressOf(session.customer_details?.email ?? session.customer_email),
    name: session.customer_details?.name ?? null,
    billingCountry: session.customer_details?.address?.country ?? null,
    metadata: {
      userId: session.metadata?.userId ?? null,
      productId: session.metadata?.productId ?? null,
      restriction: countryOf(session.metadata?.restrictedToCountry),
    },
    priceId: price?.id ?? null,
    stripeProductId: idOf(price?.product),
    stripeCouponId: idOf(discount?.coupon),
    charge: chargeOf(session.payment_intent),
  }
}

/** A status that Stripe may add one day is no payment until we know it. */
function paymentStatusOf(status: string): Checkout['paymentStatus'] {
  return status === 'paid' || status === 'no_payment_required' ? status : 'unpaid'
}

function idOf(value: string | {id: string} | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : value.id
}

function addressOf(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null
  try {
    return normaliseEmail(value)
  } catch (error) {
    if (error instanceof InvalidEmailError) return null
    throw error
  }
}

function countryOf(value: string | undefined): string | null {
  return value !== undefined && /^[A-Z]{2}$/.test(value) ? value : null
}

function chargeOf(intent: Stripe.Checkout.Session['payment_intent']): Checkout['charge'] {
  if (intent === null || typeof intent === 'string') return null
  const charge = intent.latest_charge
  if (charge === null || typeof charge === 'string') return null
  return {id: charge.id, amount: charge.amount}
}
