import {discountCodes} from '@sandbox/stack/catalogue'
import {ensureDiscountCode} from '@sandbox/stack/stripe-test-mode/ensure-discount-code'
import type Stripe from 'stripe'
import type {PrismaClient} from '../../src/generated/prisma/client'

/** Discount codes, here and at Stripe, whose page asks for them. */
export async function seedDiscountCodes({db, stripe}: {db: PrismaClient; stripe: Stripe}): Promise<void> {
  for (const discountCode of discountCodes) {
    const {couponId, code, percentOff} = discountCode
    const coupon = {
      code,
      merchantCouponId: couponId,
      status: 1,
      percentageDiscount: (percentOff / 100).toFixed(2),
    }
    await db.coupon.upsert({where: {id: couponId}, create: {id: couponId, ...coupon}, update: coupon})
    await ensureDiscountCode(stripe, discountCode)
  }
}
