import type Stripe from 'stripe'
import type { LineItem, SessionInternals } from '../objects/types.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { computeTotals, type Totals, toLineItem } from './totals.ts'

/** What a session keeps beside what it shows. Written once, when it is created. */
export function internalsOf(scope: Scope, sessionId: string): SessionInternals {
  // Only `createSession` writes it.
  return scope.objects.internal('checkout.session', sessionId) as SessionInternals
}

/** The coupon a session is discounted by, whether it came with the session or was typed on the page. */
export function couponOf(scope: Scope, session: Stripe.Checkout.Session): Stripe.Coupon | null {
  const [discount] = session.discounts ?? []
  if (discount === undefined) return null
  const promotionCodeId = idOf(discount.promotion_code)
  const couponId =
    promotionCodeId === null
      ? idOf(discount.coupon)
      : idOf(scope.objects.find('promotion_code', promotionCodeId)?.promotion.coupon)
  return couponId === null ? null : (scope.objects.find('coupon', couponId) ?? null)
}

export function totalsOf(scope: Scope, session: Stripe.Checkout.Session): Totals {
  return computeTotals(internalsOf(scope, session.id).lineItems, couponOf(scope, session))
}

/** The lines of a session with their prices, discounts included. */
export function lineItemsOf(scope: Scope, session: Stripe.Checkout.Session): LineItem[] {
  const totals = totalsOf(scope, session)
  return internalsOf(scope, session.id).lineItems.map((line, index) =>
    toLineItem(
      line,
      totals.lines[index] ?? { subtotal: 0, discount: 0, total: 0 },
      scope.objects.get('price', line.priceId),
    ),
  )
}

/** Writes the amounts that follow from the session's discount. */
export function withTotals(scope: Scope, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const totals = totalsOf(scope, session)
  return {
    ...session,
    amount_subtotal: totals.subtotal,
    amount_total: totals.total,
    total_details: { amount_discount: totals.discount, amount_shipping: 0, amount_tax: 0 },
  }
}

/** Where the buyer goes after paying, with Stripe's placeholder filled in. */
export function successUrlOf(session: Stripe.Checkout.Session): string {
  return (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

export function cancelUrlOf(session: Stripe.Checkout.Session): string | null {
  return session.cancel_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null
}
