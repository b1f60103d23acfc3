import {discountCodes} from '@sandbox/stack/catalogue'
import type Stripe from 'stripe'
import type {PrismaClient} from '../../src/generated/prisma/client'
import {unlessMissing} from './ensure-stripe-product'

/** Discount codes, here and at Stripe, whose page asks for them. */
export async function seedDiscountCodes({db, stripe}: {db: PrismaClient; stripe: Stripe}): Promise<void> {
  for (const {couponId, code, percentOff} of discountCodes) {
    const coupon = {
      code,
      merchantCouponId: couponId,
      status: 1,
      percentageDiscount: (percentOff / 100).toFixed(2),
    }
    await db.coupon.upsert({where: {id: couponId}, create: {id: couponId, ...coupon}, update: coupon})
    const known = await unlessMissing(() => stripe.coupons.retrieve(couponId))
    if (known === null)
      await stripe.coupons.create({id: couponId, percent_off: percentOff, duration: 'once', name: code})
    const codes = await stripe.promotionCodes.list({code, active: true, limit: 1})
    if (codes.data.length === 0) {
      await stripe.promotionCodes.create({promotion: {type: 'coupon', coupon: couponId}, code})
    }
  }
}
