import type Stripe from 'stripe'
import { invalidRequest, type StripeError } from '../http/stripe-error.ts'
import { withValidity } from '../objects/coupon.ts'
import { idOf } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { withTotals } from './sessions.ts'

/** Why a coupon or code can't be used, or undefined when it can. */
export function refusalOfCoupon(
  scope: Scope,
  coupon: Stripe.Coupon | null | undefined,
  currency: string,
): StripeError | undefined {
  if (coupon === null || coupon === undefined || !withValidity(coupon, scope.now()).valid) {
    return invalidRequest('This coupon has expired or was used up.', { code: 'coupon_expired' })
  }
  if (coupon.amount_off !== null && coupon.currency !== currency) {
    return invalidRequest('This coupon is in another currency than the prices.', { code: 'coupon_expired' })
  }
  return undefined
}

export function refusalOfPromotionCode(
  scope: Scope,
  promotionCode: Stripe.PromotionCode | undefined,
  use: { currency: string; subtotal: number; customer: string | null },
): StripeError | undefined {
  const refused = (message: string) => invalidRequest(message, { code: 'promotion_code_invalid' })
  if (promotionCode === undefined || !promotionCode.active) return refused('This code is invalid.')
  const { expires_at: expiresAt, max_redemptions: maxRedemptions, restrictions } = promotionCode
  if (expiresAt !== null && expiresAt <= scope.now()) return refused('This code has expired.')
  if (maxRedemptions !== null && promotionCode.times_redeemed >= maxRedemptions) {
    return refused('This code has expired.')
  }
  const customer = idOf(promotionCode.customer)
  if (customer !== null && customer !== use.customer) return refused('This code is invalid.')
  if (restrictions.minimum_amount !== null) {
    const sameCurrency = restrictions.minimum_amount_currency === use.currency
    if (!sameCurrency || use.subtotal < restrictions.minimum_amount) {
      return refused('This code needs a higher order amount.')
    }
  }
  if (restrictions.first_time_transaction && hasPaidBefore(scope, use.customer)) {
    return refused('This code is for first orders only.')
  }
  const coupon = scope.objects.find('coupon', idOf(promotionCode.promotion.coupon) ?? '')
  return refusalOfCoupon(scope, coupon, use.currency)
}

/** Why the discount a session carries can no longer be used: another buyer may have used it up in the meantime. */
export function refusalOfDiscount(scope: Scope, session: Stripe.Checkout.Session): StripeError | undefined {
  const [discount] = session.discounts ?? []
  if (discount === undefined) return undefined
  const currency = session.currency ?? ''
  const promotionCodeId = idOf(discount.promotion_code)
  if (promotionCodeId === null) {
    return refusalOfCoupon(scope, scope.objects.find('coupon', idOf(discount.coupon) ?? ''), currency)
  }
  return refusalOfPromotionCode(scope, scope.objects.find('promotion_code', promotionCodeId), {
    currency,
    subtotal: session.amount_subtotal ?? 0,
    customer: idOf(session.customer),
  })
}

function hasPaidBefore(scope: Scope, customer: string | null): boolean {
  if (customer === null) return false
  return scope.objects
    .all('payment_intent', [{ path: '$.customer', equals: customer }])
    .some((paymentIntent) => paymentIntent.status === 'succeeded')
}

/**
 * Puts a typed promotion code on an open session.
 *
 * @returns the session with its new amounts
 * @throws StripeError with a message for the buyer when the code can't be used
 */
export function applyPromotionCode(
  scope: Scope,
  session: Stripe.Checkout.Session,
  code: string,
): Stripe.Checkout.Session {
  const promotionCode = scope.objects
    .all('promotion_code', [{ path: '$.active', equals: true }])
    .find((candidate) => candidate.code.toLowerCase() === code.trim().toLowerCase())
  const refusal = refusalOfPromotionCode(scope, promotionCode, {
    currency: session.currency ?? '',
    subtotal: session.amount_subtotal ?? 0,
    customer: idOf(session.customer),
  })
  if (refusal !== undefined) throw refusal
  return scope.objects.save(
    'checkout.session',
    withTotals(scope, {
      ...session,
      discounts: [{ coupon: null, promotion_code: promotionCode?.id ?? null }],
    }),
  )
}

export function removePromotionCode(scope: Scope, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  return scope.objects.save('checkout.session', withTotals(scope, { ...session, discounts: [] }))
}

/** Counts the use of a session's coupon and code. Called once, when the session completes. */
export function countRedemption(scope: Scope, session: Stripe.Checkout.Session): void {
  const [discount] = session.discounts ?? []
  if (discount === undefined) return
  const promotionCode = scope.objects.find('promotion_code', idOf(discount.promotion_code) ?? '')
  if (promotionCode !== undefined) {
    const used = promotionCode.times_redeemed + 1
    const usedUp = promotionCode.max_redemptions !== null && used >= promotionCode.max_redemptions
    scope.objects.save('promotion_code', {
      ...promotionCode,
      times_redeemed: used,
      active: promotionCode.active && !usedUp,
    })
  }
  const couponId = idOf(promotionCode?.promotion.coupon) ?? idOf(discount.coupon)
  const coupon = scope.objects.find('coupon', couponId ?? '')
  if (coupon !== undefined) {
    scope.objects.save('coupon', { ...coupon, times_redeemed: coupon.times_redeemed + 1 })
  }
}
