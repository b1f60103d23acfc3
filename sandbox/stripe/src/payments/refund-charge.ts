import type Stripe from 'stripe'
import { formatMoney } from '../checkout/money.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildBalanceTransaction } from '../objects/payment.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import type { ChargeInternals } from './pay-session.ts'

export const REFUND_REASONS = ['requested_by_customer', 'duplicate', 'fraudulent'] as const
export type RefundReason = (typeof REFUND_REASONS)[number]

export interface RefundRequest {
  /** In minor units; everything that is left when undefined. */
  amount?: number | undefined
  reason?: RefundReason | undefined
  metadata?: Record<string, string>
}

/**
 * Gives money back. The charge's `amount_refunded` counts every refund that has not failed.
 *
 * @throws StripeError when the charge was never paid, is disputed, already refunded, or less than the amount is left
 */
export function refundCharge(scope: Scope, chargeId: string, request: RefundRequest): Stripe.Refund {
  const charge = scope.objects.get('charge', chargeId, 'charge')
  const amount = checkedAmount(scope, charge, request.amount)
  const now = scope.now()
  // Written with the charge by paySession.
  const internals = scope.objects.internal('charge', charge.id) as ChargeInternals
  const isCard = charge.payment_method_details?.type === 'card'
  const pending = !isCard || internals.later === 'refund_pending'
  const id = newId('refund')
  const transaction = scope.objects.insert(
    'balance_transaction',
    buildBalanceTransaction({
      created: now,
      amount: -amount,
      currency: charge.currency,
      source: id,
      type: 'refund',
      description: 'REFUND FOR CHARGE',
    }),
  )
  const refund = scope.objects.insert('refund', {
    id,
    object: 'refund',
    amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: now,
    currency: charge.currency,
    customer: idOf(charge.customer),
    customer_account: null,
    destination_details: isCard
      ? {
          card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
          type: 'card',
        }
      : {
          type: 'us_bank_transfer',
          us_bank_transfer: { reference: null, reference_status: 'pending' },
        },
    metadata: request.metadata ?? {},
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: request.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  })
  const refundedCharge = scope.objects.save('charge', withRefunded(charge, charge.amount_refunded + amount))
  scope.emit('refund.created', refund)
  scope.emit('charge.refunded', refundedCharge, charge)
  const later = Date.now() + scope.settings.bankDebitDelayMs
  if (pending) scope.tasks.schedule('complete_refund', refund.id, later)
  if (internals.later === 'refund_fails') scope.tasks.schedule('fail_refund', refund.id, later)
  return refund
}

function withRefunded(charge: Stripe.Charge, amountRefunded: number): Stripe.Charge {
  return { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded >= charge.amount }
}

function checkedAmount(scope: Scope, charge: Stripe.Charge, requested: number | undefined): number {
  if (!charge.paid) {
    throw invalidRequest(
      `This charge (${charge.id}) has not succeeded (its status is ${charge.status}), so it cannot be refunded.`,
    )
  }
  const disputed = scope.objects
    .all('dispute', [{ path: '$.charge', equals: charge.id }])
    .some((dispute) => !dispute.is_charge_refundable)
  if (disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  }
  const left = charge.amount - charge.amount_refunded
  if (left <= 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    })
  }
  const amount = requested ?? left
  if (amount <= left) return amount
  const [wanted, available] = [amount, left].map((value) => formatMoney(value, charge.currency))
  throw invalidRequest(
    charge.amount_refunded === 0
      ? `Refund amount (${wanted}) is greater than charge amount (${available})`
      : `Refund amount (${wanted}) is greater than unrefunded amount on charge (${available})`,
    { param: 'amount' },
  )
}

/** A pending refund arrives: `refund.updated`. */
export function completeRefund(scope: Scope, refundId: string): void {
  const refund = scope.objects.get('refund', refundId)
  if (refund.status !== 'pending') return
  const completed = scope.objects.save('refund', { ...refund, status: 'succeeded' })
  scope.emit('refund.updated', completed, refund)
  scope.emit('charge.refund.updated', completed, refund)
}

/**
 * Lets a refund fail after the fact, as a closed bank account does: the money comes back and the charge counts it no
 * longer. Stripe has no API call for it; here it is a button of the dashboard.
 *
 * @throws StripeError when the refund has already failed
 */
export function failRefund(scope: Scope, refundId: string): Stripe.Refund {
  const refund = scope.objects.get('refund', refundId)
  if (refund.status === 'failed' || refund.status === 'canceled') {
    throw invalidRequest(`This refund has already ${refund.status}.`)
  }
  scope.tasks.cancel('fail_refund', refundId)
  scope.tasks.cancel('complete_refund', refundId)
  const transaction = scope.objects.insert(
    'balance_transaction',
    buildBalanceTransaction({
      created: scope.now(),
      amount: refund.amount,
      currency: refund.currency,
      source: refund.id,
      type: 'refund_failure',
      description: 'REFUND FAILURE',
    }),
  )
  const failed = scope.objects.save('refund', {
    ...refund,
    failure_balance_transaction: transaction.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  })
  const charge = scope.objects.get('charge', idOf(refund.charge) ?? '')
  const restored = scope.objects.save('charge', withRefunded(charge, charge.amount_refunded - refund.amount))
  scope.emit('refund.updated', failed, refund)
  scope.emit('refund.failed', failed, refund)
  scope.emit('charge.refund.updated', failed, refund)
  scope.emit('charge.updated', restored, charge)
  return failed
}
