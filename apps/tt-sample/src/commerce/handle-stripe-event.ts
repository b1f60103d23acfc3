import type Stripe from 'stripe'
import type {ChargeFactInput} from './charge-fact'
import type {CommerceContext} from './context'
import {fetchCheckout} from './fetch-checkout'
import {disputeFact, idOf, listRefundFacts, refundFact} from './read-charge-facts'
import {recordChargeFact} from './record-charge-fact'
import {recordCheckout} from './record-checkout'
import {isStripeEventDone, type StripeEventReceipt} from './stripe-inbox'

export interface HandledStripeEvent {
  outcome: 'recorded' | 'waiting' | 'held' | 'duplicate' | 'ignored'
  /** To be sent right after the commit. */
  outboxIds: string[]
}

/**
 * Does what a verified Stripe event calls for. Stripe repeats events and reorders them: whatever arrives, the session
 * and the charge are judged by what Stripe has now and what is stored already.
 *
 * @throws when Stripe or the database can't be asked: answer 500, and Stripe delivers again
 */
export async function handleStripeEvent(
  context: CommerceContext,
  event: Stripe.Event,
): Promise<HandledStripeEvent> {
  if (!isOurs(event)) return {outcome: 'ignored', outboxIds: []}
  if (await isStripeEventDone(context.db, event.id)) return {outcome: 'duplicate', outboxIds: []}
  const receipt: StripeEventReceipt = {
    id: event.id,
    type: event.type,
    objectId: objectIdOf(event),
    createdAt: new Date(event.created * 1000),
  }
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return handleCheckout(context, event.data.object.id, receipt)
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.refund.updated':
      return handleFacts(context, [await refundOf(context.stripe, event.data.object)], receipt)
    case 'charge.refunded':
      // The charge tells a sum; what counts are its refunds, one by one.
      return handleFacts(context, await listRefundFacts(context.stripe, event.data.object.id), receipt)
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return handleFacts(context, [disputeFact(event.data.object)], receipt)
    default:
      return {outcome: 'ignored', outboxIds: []}
  }
}

const TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refund.updated',
  'charge.refunded',
]

function isOurs(event: Stripe.Event): boolean {
  return TYPES.includes(event.type) || event.type.startsWith('charge.dispute.')
}

function objectIdOf(event: Stripe.Event): string {
  const object = event.data.object
  return 'id' in object && typeof object.id === 'string' ? object.id : ''
}

async function handleCheckout(
  context: CommerceContext,
  sessionId: string,
  receipt: StripeEventReceipt,
): Promise<HandledStripeEvent> {
  const checkout = await fetchCheckout(context.stripe, sessionId)
  // Subscriptions and set-ups are not what this site sells.
  if (checkout.mode !== 'payment') return {outcome: 'ignored', outboxIds: []}
  const recorded = await recordCheckout(context, {checkout, event: receipt})
  return {
    outcome: recorded.outcome,
    outboxIds: recorded.outcome === 'recorded' ? recorded.outboxIds : [],
  }
}

async function handleFacts(
  context: CommerceContext,
  facts: (ChargeFactInput | null)[],
  receipt: StripeEventReceipt,
): Promise<HandledStripeEvent> {
  const outboxIds: string[] = []
  const known = facts.filter((fact) => fact !== null)
  for (const [index, fact] of known.entries()) {
    // The inbox row goes with the last one: if the process dies before it, the event comes again.
    const last = index === known.length - 1
    const recorded = await recordChargeFact(context, {fact, event: last ? receipt : null})
    outboxIds.push(...recorded.outboxIds)
  }
  return {outcome: 'recorded', outboxIds}
}

/** A refund that names only its payment intent: Stripe tells the charge. */
async function refundOf(stripe: Stripe, refund: Stripe.Refund): Promise<ChargeFactInput | null> {
  const intentId = idOf(refund.payment_intent)
  if (refund.charge !== null || intentId === null) return refundFact(refund)
  const intent = await stripe.paymentIntents.retrieve(intentId)
  return refundFact(refund, idOf(intent.latest_charge))
}
