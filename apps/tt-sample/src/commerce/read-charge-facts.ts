import type Stripe from 'stripe'
import type {ChargeFactInput} from './charge-fact'

/** A refund as a fact, or null when Stripe doesn't say which charge it belongs to. */
export function refundFact(refund: Stripe.Refund, chargeId = idOf(refund.charge)): ChargeFactInput | null {
  if (chargeId === null) return null
  return {
    id: refund.id,
    kind: 'refund',
    chargeId,
    amount: refund.amount,
    // Stripe leaves the status of very old refunds empty; they have long happened.
    status: refund.status ?? 'succeeded',
  }
}

export function disputeFact(dispute: Stripe.Dispute): ChargeFactInput | null {
  const chargeId = idOf(dispute.charge)
  if (chargeId === null) return null
  return {id: dispute.id, kind: 'dispute', chargeId, amount: dispute.amount, status: dispute.status}
}

/** Every refund of a charge, as Stripe has them now. */
export async function listRefundFacts(stripe: Stripe, chargeId: string): Promise<ChargeFactInput[]> {
  const facts: ChargeFactInput[] = []
  for await (const refund of stripe.refunds.list({charge: chargeId, limit: 100})) {
    const fact = refundFact(refund, chargeId)
    if (fact !== null) facts.push(fact)
  }
  return facts
}

/** Every dispute of a charge, as Stripe has them now. */
export async function listDisputeFacts(stripe: Stripe, chargeId: string): Promise<ChargeFactInput[]> {
  const facts: ChargeFactInput[] = []
  for await (const dispute of stripe.disputes.list({charge: chargeId, limit: 100})) {
    const fact = disputeFact(dispute)
    if (fact !== null) facts.push(fact)
  }
  return facts
}

export function idOf(value: string | {id: string} | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : value.id
}
