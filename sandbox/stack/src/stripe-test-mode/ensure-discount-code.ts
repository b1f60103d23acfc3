import type { DiscountCode } from '../catalogue.ts'
import { type CatalogueStripe, idOf, unlessMissing } from './catalogue-stripe.ts'
import type { Ensured } from './ensured.ts'

/** Someone uses one of our codes for a coupon of their own; theirs is not ours to switch off. */
export class DiscountCodeTakenError extends Error {
  constructor(code: string, promotionCodeId: string) {
    super(
      `The promotion code ${code} is in use on this Stripe account for another coupon (${promotionCodeId}). Archive it in the dashboard, or use another account.`,
    )
    this.name = 'DiscountCodeTakenError'
  }
}

/**
 * Makes sure that a discount code works on a Stripe account's payment page: a coupon, found again by its id, and the
 * promotion code that people type. What a coupon takes off can't be changed, so one that takes off something else is
 * deleted, and its codes with it; discounts already given stay. Safe to repeat.
 *
 * @throws DiscountCodeTakenError when the code belongs to another coupon
 * @throws whatever Stripe's SDK throws
 */
export async function ensureDiscountCode(
  stripe: CatalogueStripe,
  { couponId, code, percentOff }: DiscountCode,
): Promise<Ensured[]> {
  const coupon = await unlessMissing(() => stripe.coupons.retrieve(couponId))
  let outcome: Ensured['outcome'] = 'found'
  if (coupon !== null && coupon.percent_off !== percentOff) {
    await stripe.coupons.del(couponId)
    outcome = 'changed'
  }
  if (coupon === null) outcome = 'created'
  if (outcome !== 'found') {
    await stripe.coupons.create({ id: couponId, percent_off: percentOff, duration: 'once', name: code })
  }
  const ensuredCoupon: Ensured = {
    kind: 'coupon',
    name: code,
    id: couponId,
    outcome,
    ...(outcome === 'changed' ? { detail: `${percentOff} % instead of ${coupon?.percent_off ?? 0} %` } : {}),
  }
  return [ensuredCoupon, await ensureCode(stripe, { couponId, code })]
}

async function ensureCode(
  stripe: CatalogueStripe,
  { couponId, code }: { couponId: string; code: string },
): Promise<Ensured> {
  const { data } = await stripe.promotionCodes.list({ code, active: true, limit: 1 })
  const [known] = data
  if (known !== undefined) {
    if (idOf(known.promotion.coupon) !== couponId) throw new DiscountCodeTakenError(code, known.id)
    return { kind: 'promotion code', name: code, id: known.id, outcome: 'found' }
  }
  const created = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: couponId },
    code,
  })
  return { kind: 'promotion code', name: code, id: created.id, outcome: 'created' }
}
