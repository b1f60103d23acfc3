import { changeMetadata, integer, metadata, oneOf, text } from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { idOf } from '../objects/types.ts'
import { REFUND_REASONS, refundCharge } from '../payments/refund-charge.ts'
import type { Scope } from '../scope.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const refundRoutes: Route[] = [
  route(
    'POST',
    '/v1/refunds',
    {
      amount: integer({ min: 1 }),
      charge: text(),
      payment_intent: text(),
      reason: oneOf(...REFUND_REASONS),
      metadata: metadata(),
    },
    (scope, parameters) =>
      refundCharge(scope, chargeToRefund(scope, parameters.charge, parameters.payment_intent), {
        amount: parameters.amount,
        reason: parameters.reason,
        metadata: changeMetadata({}, parameters.metadata),
      }),
  ),
  route('GET', '/v1/refunds/:id', {}, (scope, _parameters, id) => scope.objects.get('refund', id)),
  route('POST', '/v1/refunds/:id', { metadata: metadata() }, (scope, parameters, id) => {
    const before = scope.objects.get('refund', id)
    const refund = scope.objects.save('refund', {
      ...before,
      metadata: changeMetadata(before.metadata ?? {}, parameters.metadata),
    })
    scope.emit('refund.updated', refund, before)
    scope.emit('charge.refund.updated', refund, before)
    return refund
  }),
  route('POST', '/v1/refunds/:id/cancel', {}, (scope, _parameters, id) => {
    const refund = scope.objects.get('refund', id)
    throw invalidRequest(
      `Only refunds with the status requires_action can be canceled. This refund has the status ${refund.status}.`,
    )
  }),
  route(
    'GET',
    '/v1/refunds',
    { ...pagination, created: createdRange, charge: text(), payment_intent: text() },
    (scope, parameters) =>
      listAnswer(scope, 'refund', '/v1/refunds', parameters, [
        by('charge', parameters.charge),
        by('payment_intent', parameters.payment_intent),
      ]),
  ),
]

/** A refund names its charge, or the payment intent whose successful charge is meant. */
function chargeToRefund(
  scope: Scope,
  charge: string | undefined,
  paymentIntentId: string | undefined,
): string {
  if (charge !== undefined && paymentIntentId === undefined) return charge
  if (charge === undefined && paymentIntentId === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      {
        code: 'parameter_missing',
        param: 'payment_intent',
      },
    )
  }
  const paymentIntent = scope.objects.get('payment_intent', paymentIntentId ?? '', 'payment_intent')
  const latest = idOf(paymentIntent.latest_charge)
  if (charge !== undefined && charge !== latest) {
    throw invalidRequest(`The charge ${charge} does not belong to the payment intent ${paymentIntent.id}.`, {
      param: 'charge',
    })
  }
  if (paymentIntent.status !== 'succeeded' || latest === null) {
    throw invalidRequest(
      `This PaymentIntent (${paymentIntent.id}) does not have a successful charge to refund.`,
      {
        code: 'payment_intent_unexpected_state',
      },
    )
  }
  return latest
}
