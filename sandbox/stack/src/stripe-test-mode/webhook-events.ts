import type { AppKey } from '../app-environment.ts'

/**
 * What each app's webhook acts upon: the events to subscribe an endpoint to. The test beside compares it with the apps'
 * own handlers.
 */
export const webhookEvents: Record<AppKey, readonly string[]> = {
  tt: [
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'charge.refunded',
    'charge.refund.updated',
    'refund.created',
    'refund.updated',
    'refund.failed',
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
  ],
  ah: ['checkout.session.completed', 'checkout.session.async_payment_succeeded', 'charge.refunded'],
}
