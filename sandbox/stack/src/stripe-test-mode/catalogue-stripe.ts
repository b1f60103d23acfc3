/**
 * The part of Stripe's SDK that the catalogue needs. Both apps hand over a client of their own, so that this package
 * needs no SDK and can't come to use another version of it than they do.
 */
export interface CatalogueStripe {
  products: {
    retrieve(id: string): Promise<StripeProduct>
    create(parameters: {
      id: string
      name: string
      description: string
      metadata: Record<string, string>
    }): Promise<StripeProduct>
    update(
      id: string,
      parameters: {
        name?: string
        description?: string
        metadata?: Record<string, string>
        active?: boolean
        default_price?: string
      },
    ): Promise<StripeProduct>
  }
  prices: {
    list(parameters: {
      lookup_keys: string[]
      active: boolean
      limit: number
    }): PromiseLike<{ data: StripePrice[] }>
    create(parameters: {
      product: string
      currency: string
      unit_amount: number
      lookup_key: string
      transfer_lookup_key: boolean
    }): Promise<StripePrice>
    update(id: string, parameters: { active: boolean }): Promise<StripePrice>
  }
  coupons: {
    retrieve(id: string): Promise<StripeCoupon>
    create(parameters: {
      id: string
      percent_off: number
      duration: 'once'
      name: string
    }): Promise<StripeCoupon>
    del(id: string): Promise<unknown>
  }
  promotionCodes: {
    list(parameters: {
      code: string
      active: boolean
      limit: number
    }): PromiseLike<{ data: StripePromotionCode[] }>
    create(parameters: {
      promotion: { type: 'coupon'; coupon: string }
      code: string
    }): Promise<StripePromotionCode>
  }
}

export interface StripeProduct {
  id: string
  name: string
  description: string | null
  active: boolean
  metadata: Record<string, string>
  default_price?: string | { id: string } | null
}

export interface StripePrice {
  id: string
  /** Integer minor units. */
  unit_amount: number | null
  currency: string
  product: string | { id: string }
}

export interface StripeCoupon {
  id: string
  percent_off: number | null
}

export interface StripePromotionCode {
  id: string
  promotion: { coupon: string | { id: string } | null }
}

/** Stripe's "no such …" as null; every other refusal stays one. */
export async function unlessMissing<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'resource_missing') return null
    throw error
  }
}

/** Stripe names another object by its id, or shows it whole where it was asked to. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  if (reference === null || reference === undefined) return null
  return typeof reference === 'string' ? reference : reference.id
}
