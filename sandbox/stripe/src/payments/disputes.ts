import type Stripe from 'stripe'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildBalanceTransaction } from '../objects/payment.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'

const DISPUTE_FEE = 1500
const EVIDENCE_DUE_AFTER_SECONDS = 9 * 24 * 60 * 60

const OPEN_STATUSES = ['needs_response', 'under_review', 'warning_needs_response', 'warning_under_review']

export function isOpenDispute(dispute: Stripe.Dispute): boolean {
  return OPEN_STATUSES.includes(dispute.status)
}

export function isInquiry(dispute: Stripe.Dispute): boolean {
  return dispute.status.startsWith('warning_')
}

/**
 * The buyer's bank disputes a payment. A chargeback takes the money back at once; an inquiry only asks.
 *
 * @throws StripeError when the charge was not paid or already has an open dispute
 */
export function openDispute(scope: Scope, chargeId: string, kind: 'chargeback' | 'inquiry'): Stripe.Dispute {
  const charge = scope.objects.get('charge', chargeId)
  if (!charge.paid) throw invalidRequest('Only a payment that succeeded can be disputed.')
  if (scope.objects.all('dispute', [{ path: '$.charge', equals: chargeId }]).some(isOpenDispute)) {
    throw invalidRequest('This payment already has an open dispute.')
  }
  const now = scope.now()
  const method = charge.payment_method_details?.card
  const dispute = scope.objects.insert('dispute', {
    id: newId('dispute'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...EMPTY_EVIDENCE, customer_email_address: charge.billing_details.email },
    evidence_details: {
      due_by: now + EVIDENCE_DUE_AFTER_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: kind === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    ...(method === undefined
      ? {}
      : {
          payment_method_details: {
            card: {
              brand: method.brand ?? 'visa',
              case_type: kind,
              network: method.network ?? 'visa',
              network_reason_code: '10.4',
            },
            type: 'card',
          },
        }),
    reason: 'fraudulent',
    status: kind === 'inquiry' ? 'warning_needs_response' : 'needs_response',
  })
  const disputedCharge = scope.objects.save('charge', { ...charge, disputed: true })
  scope.emit('charge.dispute.created', dispute)
  scope.emit('charge.updated', disputedCharge, charge)
  return kind === 'inquiry' ? dispute : withdrawFunds(scope, dispute)
}

/**
 * Ends a dispute. `won` gives the money back; `lost` keeps it; an inquiry that goes no further ends as `warning_closed`
 * whichever is asked for.
 *
 * @throws StripeError when the dispute is already closed
 */
export function closeDispute(scope: Scope, disputeId: string, result: 'won' | 'lost'): Stripe.Dispute {
  const dispute = scope.objects.get('dispute', disputeId)
  if (!isOpenDispute(dispute)) throw invalidRequest('This dispute is already closed.')
  const closed = scope.objects.save('dispute', {
    ...dispute,
    status: isInquiry(dispute) ? 'warning_closed' : result,
    is_charge_refundable: isInquiry(dispute) || result === 'won',
  })
  if (closed.status !== 'won') {
    scope.emit('charge.dispute.closed', closed)
    return closed
  }
  const reinstated = addTransaction(scope, closed, closed.amount)
  scope.emit('charge.dispute.closed', reinstated)
  scope.emit('charge.dispute.funds_reinstated', reinstated)
  return reinstated
}

/** An inquiry becomes a real chargeback. */
export function escalateInquiry(scope: Scope, disputeId: string): Stripe.Dispute {
  const dispute = scope.objects.get('dispute', disputeId)
  if (!isOpenDispute(dispute) || !isInquiry(dispute)) {
    throw invalidRequest('Only an open inquiry can become a chargeback.')
  }
  const escalated = scope.objects.save('dispute', {
    ...dispute,
    status: 'needs_response',
    is_charge_refundable: false,
  })
  scope.emit('charge.dispute.updated', escalated, dispute)
  return withdrawFunds(scope, escalated)
}

function withdrawFunds(scope: Scope, dispute: Stripe.Dispute): Stripe.Dispute {
  const withdrawn = addTransaction(scope, dispute, -dispute.amount)
  scope.emit('charge.dispute.funds_withdrawn', withdrawn)
  return withdrawn
}

function addTransaction(scope: Scope, dispute: Stripe.Dispute, amount: number): Stripe.Dispute {
  const plain = buildBalanceTransaction({
    created: scope.now(),
    amount,
    currency: dispute.currency,
    source: dispute.id,
    type: 'adjustment',
    description: `Chargeback ${amount < 0 ? 'withdrawal' : 'reversal'} for ${idOf(dispute.charge)}`,
  })
  const fee = amount < 0 ? DISPUTE_FEE : 0
  const transaction = scope.objects.insert('balance_transaction', { ...plain, fee, net: amount - fee })
  return scope.objects.save('dispute', {
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, transaction],
  })
}

const EMPTY_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}
