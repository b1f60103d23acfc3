import type Stripe from 'stripe'
import type { LineItem, SessionLine } from '../objects/types.ts'

/** The amounts of one line, in minor units. */
export interface LineAmounts {
  subtotal: number
  discount: number
  total: number
}

export interface Totals {
  lines: LineAmounts[]
  subtotal: number
  discount: number
  total: number
}

/**
 * What a session costs. A percentage is taken of the sum of the lines the coupon is good for and rounded once; the
 * discount is then spread over those lines so that the parts add up to the whole.
 */
export function computeTotals(lines: SessionLine[], coupon: Stripe.Coupon | null): Totals {
  const subtotals = lines.map((line) => line.unitAmount * line.quantity)
  const eligible = lines.map((line) => coupon !== null && isGoodFor(coupon, line.productId))
  const eligibleSum = sum(subtotals.filter((_, index) => eligible[index] === true))
  const discount = coupon === null ? 0 : discountOf(coupon, eligibleSum)
  const shares = spread(
    discount,
    subtotals.map((subtotal, index) => (eligible[index] === true ? subtotal : 0)),
  )
  const subtotal = sum(subtotals)
  return {
    lines: subtotals.map((lineSubtotal, index) => {
      const share = shares[index] ?? 0
      return { subtotal: lineSubtotal, discount: share, total: lineSubtotal - share }
    }),
    subtotal,
    discount,
    total: subtotal - discount,
  }
}

function isGoodFor(coupon: Stripe.Coupon, productId: string): boolean {
  return coupon.applies_to === undefined || coupon.applies_to.products.includes(productId)
}

function discountOf(coupon: Stripe.Coupon, amount: number): number {
  if (coupon.percent_off !== null) return Math.round((amount * coupon.percent_off) / 100)
  return Math.min(coupon.amount_off ?? 0, amount)
}

/** Splits an amount in proportion to the weights, in whole units; rounding goes to the later lines. */
function spread(amount: number, weights: number[]): number[] {
  let leftAmount = amount
  let leftWeight = sum(weights)
  return weights.map((weight) => {
    const share = leftWeight === 0 ? 0 : Math.round((leftAmount * weight) / leftWeight)
    leftAmount -= share
    leftWeight -= weight
    return share
  })
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** A line as the API shows it. */
export function toLineItem(line: SessionLine, amounts: LineAmounts, price: LineItem['price']): LineItem {
  return {
    id: line.id,
    object: 'item',
    adjustable_quantity: null,
    amount_discount: amounts.discount,
    amount_subtotal: amounts.subtotal,
    amount_tax: 0,
    amount_total: amounts.total,
    currency: price.currency,
    description: line.description,
    metadata: line.metadata,
    price,
    quantity: line.quantity,
  }
}
