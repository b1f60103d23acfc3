import { invalidRequest } from '../http/stripe-error.ts'
import { outcomeOf } from '../objects/payment.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { type ChargeInternals, recordFunds } from './pay-session.ts'

const FAILED_BY_HAND = { code: 'debit_not_authorized', message: 'The customer did not authorize this debit.' }

/**
 * Ends a bank debit that is being processed: the delayed second half of its Checkout session.
 *
 * @param wanted `as_planned` follows the account number the buyer typed
 * @throws StripeError when the payment is not being processed
 */
export function settleBankDebit(
  scope: Scope,
  paymentIntentId: string,
  wanted: 'succeed' | 'fail' | 'as_planned',
): void {
  const paymentIntent = scope.objects.get('payment_intent', paymentIntentId)
  if (paymentIntent.status !== 'processing') {
    throw invalidRequest('This payment is not being processed, so there is nothing to settle.', {
      code: 'payment_intent_unexpected_state',
    })
  }
  scope.tasks.cancel('settle_bank_debit', paymentIntentId)
  const charge = scope.objects.get('charge', idOf(paymentIntent.latest_charge) ?? '')
  // Written with the charge by paySession.
  const internals = scope.objects.internal('charge', charge.id) as ChargeInternals
  const planned = wanted === 'as_planned' ? internals.bankFailure : null
  const failure = wanted === 'fail' ? FAILED_BY_HAND : planned
  const [session] = scope.objects.all('checkout.session', [
    { path: '$.payment_intent', equals: paymentIntentId },
  ])

  if (failure === null) {
    const paidCharge = scope.objects.save('charge', {
      ...charge,
      amount_captured: charge.amount,
      paid: true,
      status: 'succeeded',
    })
    const succeeded = scope.objects.save('payment_intent', {
      ...paymentIntent,
      amount_received: paymentIntent.amount,
      status: 'succeeded',
    })
    scope.emit('charge.succeeded', paidCharge)
    scope.emit('payment_intent.succeeded', succeeded)
    if (session !== undefined) {
      scope.emit(
        'checkout.session.async_payment_succeeded',
        scope.objects.save('checkout.session', { ...session, payment_status: 'paid' }),
      )
    }
    recordFunds(scope, paidCharge)
    return
  }

  const failedCharge = scope.objects.save('charge', {
    ...charge,
    captured: false,
    failure_code: failure.code,
    failure_message: failure.message,
    outcome: outcomeOf({
      status: 'failed',
      code: failure.code,
      declineCode: failure.code,
      message: failure.message,
    }),
    status: 'failed',
  })
  const failed = scope.objects.save('payment_intent', {
    ...paymentIntent,
    last_payment_error: {
      charge: charge.id,
      code: 'payment_method_provider_decline',
      decline_code: failure.code,
      message: failure.message,
      type: 'invalid_request_error',
    },
    payment_method: null,
    status: 'requires_payment_method',
  })
  scope.emit('charge.failed', failedCharge)
  scope.emit('payment_intent.payment_failed', failed)
  if (session !== undefined) scope.emit('checkout.session.async_payment_failed', session)
}
