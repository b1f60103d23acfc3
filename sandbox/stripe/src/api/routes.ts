import { StripeError } from '../http/stripe-error.ts'
import { accountRoutes } from './account.ts'
import { balanceTransactionRoutes } from './balance-transactions.ts'
import { chargeRoutes } from './charges.ts'
import { checkoutSessionRoutes } from './checkout-sessions.ts'
import { couponRoutes } from './coupons.ts'
import { customerRoutes } from './customers.ts'
import { disputeRoutes } from './disputes.ts'
import { eventRoutes } from './events.ts'
import { paymentIntentRoutes } from './payment-intents.ts'
import { paymentMethodRoutes } from './payment-methods.ts'
import { priceRoutes } from './prices.ts'
import { productRoutes } from './products.ts'
import { promotionCodeRoutes } from './promotion-codes.ts'
import { refundRoutes } from './refunds.ts'
import type { Route } from './route.ts'
import { webhookEndpointRoutes } from './webhook-endpoints.ts'

const ROUTES: { route: Route; pattern: RegExp }[] = [
  ...accountRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...customerRoutes,
  ...couponRoutes,
  ...promotionCodeRoutes,
  ...checkoutSessionRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...balanceTransactionRoutes,
  ...paymentMethodRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
].map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(':id', '(?<id>[^/]+)')}$`) }))

/**
 * Finds the endpoint of a call.
 *
 * @throws StripeError 404 with an error object: without one, the SDK takes a 404 for a success
 */
export function findRoute(method: string, path: string): { route: Route; id: string } {
  for (const { route, pattern } of ROUTES) {
    const match = route.method === method ? pattern.exec(path) : null
    if (match) return { route, id: decodeURIComponent(match.groups?.id ?? '') }
  }
  throw new StripeError({
    status: 404,
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). If Stripe has it, this sandbox does not implement it.`,
    beforeExecution: true,
  })
}
