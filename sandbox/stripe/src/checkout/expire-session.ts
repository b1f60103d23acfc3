import type Stripe from 'stripe'
import { invalidRequest } from '../http/stripe-error.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'

/**
 * Closes an open session: it can't be paid any more.
 *
 * @throws StripeError when the session is complete or already expired
 */
export function expireSession(scope: Scope, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    )
  }
  const expired = scope.objects.save('checkout.session', {
    ...session,
    status: 'expired',
    expires_at: Math.min(session.expires_at, scope.now()),
    url: null,
  })
  scope.tasks.cancel('expire_session', session.id)
  cancelPaymentIntent(scope, idOf(session.payment_intent))
  scope.emit('checkout.session.expired', expired)
  return expired
}

/** After a declined attempt the session has a payment intent; it ends with the session. */
function cancelPaymentIntent(scope: Scope, id: string | null): void {
  const paymentIntent = id === null ? undefined : scope.objects.find('payment_intent', id)
  if (paymentIntent === undefined) return
  const canceled = scope.objects.save('payment_intent', {
    ...paymentIntent,
    status: 'canceled',
    canceled_at: scope.now(),
    cancellation_reason: 'abandoned',
  })
  scope.emit('payment_intent.canceled', canceled)
}
