import type Stripe from 'stripe'

// The SDK turns decimal strings into Decimal objects when it reads an answer; on the wire they are strings.
export type Price = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string | null }
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price }
export type Event = Omit<Stripe.EventBase, 'type' | 'data'> & {
  type: string
  data: { object: unknown; previous_attributes?: Record<string, unknown> }
}

/** Everything the sandbox stores, by the word Stripe uses in `object`. */
export interface ObjectTypes {
  balance_transaction: Stripe.BalanceTransaction
  charge: Stripe.Charge
  'checkout.session': Stripe.Checkout.Session
  coupon: Stripe.Coupon
  customer: Stripe.Customer
  dispute: Stripe.Dispute
  event: Event
  payment_intent: Stripe.PaymentIntent
  payment_method: Stripe.PaymentMethod
  price: Price
  product: Stripe.Product
  promotion_code: Stripe.PromotionCode
  refund: Stripe.Refund
}
export type ObjectType = keyof ObjectTypes

/** What a session knows but doesn't show. */
export interface SessionInternals {
  lineItems: SessionLine[]
  paymentIntentData: {
    metadata: Record<string, string>
    description: string | null
    receiptEmail: string | null
    statementDescriptor: string | null
    statementDescriptorSuffix: string | null
  }
}

/** One line as it was put into a session: amounts are computed from these when they are needed. */
export interface SessionLine {
  id: string
  priceId: string
  productId: string
  description: string
  quantity: number
  unitAmount: number
  metadata: Record<string, string>
}

/** Fields that hold an id, or the object itself once expanded. What the store keeps is always the id. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  if (reference === null || reference === undefined) return null
  return typeof reference === 'string' ? reference : reference.id
}
