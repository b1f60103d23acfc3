import type Stripe from 'stripe'
import type { Price } from './types.ts'

/** The parts of a product that a caller decides. All money and texts as they were sent. */
export interface NewProduct {
  id: string
  name: string
  created: number
  active?: boolean
  description?: string | null
  images?: string[]
  metadata?: Record<string, string>
  statementDescriptor?: string | null
  unitLabel?: string | null
  url?: string | null
  shippable?: boolean | null
}

export function buildProduct(input: NewProduct): Stripe.Product {
  return {
    id: input.id,
    object: 'product',
    active: input.active ?? true,
    created: input.created,
    default_price: null,
    description: input.description ?? null,
    images: input.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: input.metadata ?? {},
    name: input.name,
    package_dimensions: null,
    shippable: input.shippable ?? null,
    statement_descriptor: input.statementDescriptor ?? null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: input.unitLabel ?? null,
    updated: input.created,
    url: input.url ?? null,
  }
}

export interface NewPrice {
  id: string
  product: string
  currency: string
  unitAmount: number
  created: number
  active?: boolean
  lookupKey?: string | null
  metadata?: Record<string, string>
  nickname?: string | null
  taxBehavior?: 'exclusive' | 'inclusive' | 'unspecified'
}

export function buildPrice(input: NewPrice): Price {
  return {
    id: input.id,
    object: 'price',
    active: input.active ?? true,
    billing_scheme: 'per_unit',
    created: input.created,
    currency: input.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: input.lookupKey ?? null,
    metadata: input.metadata ?? {},
    nickname: input.nickname ?? null,
    product: input.product,
    recurring: null,
    tax_behavior: input.taxBehavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: input.unitAmount,
    unit_amount_decimal: String(input.unitAmount),
  }
}
