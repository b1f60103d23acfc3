import type Stripe from 'stripe'

export interface NewCoupon {
  id: string
  created: number
  amountOff: number | null
  percentOff: number | null
  currency: string | null
  duration: 'once' | 'forever'
  /** Empty: the coupon is good for every product. */
  products: string[]
  maxRedemptions: number | null
  redeemBy: number | null
  name: string | null
  metadata: Record<string, string>
}

export function buildCoupon(input: NewCoupon): Stripe.Coupon {
  return {
    id: input.id,
    object: 'coupon',
    amount_off: input.amountOff,
    ...(input.products.length === 0 ? {} : { applies_to: { products: input.products } }),
    created: input.created,
    currency: input.currency,
    duration: input.duration,
    duration_in_months: null,
    livemode: false,
    max_redemptions: input.maxRedemptions,
    metadata: input.metadata,
    name: input.name,
    percent_off: input.percentOff,
    redeem_by: input.redeemBy,
    times_redeemed: 0,
    valid: true,
  }
}

/** `valid` depends on the time of asking, so it is computed and not stored. */
export function withValidity(coupon: Stripe.Coupon, now: number): Stripe.Coupon {
  const usedUp = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions
  const tooLate = coupon.redeem_by !== null && coupon.redeem_by <= now
  return { ...coupon, valid: !usedUp && !tooLate }
}

export interface NewPromotionCode {
  id: string
  code: string
  coupon: string
  created: number
  active: boolean
  customer: string | null
  expiresAt: number | null
  maxRedemptions: number | null
  minimumAmount: number | null
  minimumAmountCurrency: string | null
  firstTimeTransaction: boolean
  metadata: Record<string, string>
}

export function buildPromotionCode(input: NewPromotionCode): Stripe.PromotionCode {
  return {
    id: input.id,
    object: 'promotion_code',
    active: input.active,
    code: input.code,
    created: input.created,
    customer: input.customer,
    customer_account: null,
    expires_at: input.expiresAt,
    livemode: false,
    max_redemptions: input.maxRedemptions,
    metadata: input.metadata,
    promotion: { coupon: input.coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: input.firstTimeTransaction,
      minimum_amount: input.minimumAmount,
      minimum_amount_currency: input.minimumAmountCurrency,
    },
    times_redeemed: 0,
  }
}
