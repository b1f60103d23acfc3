import { lineItemsOf } from '../checkout/sessions.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import type { Scope } from '../scope.ts'

type Json = Record<string, unknown>

/** Fields that hold an id and can be shown as the whole object instead. */
const REFERENCES = new Set([
  'balance_transaction',
  'charge',
  'coupon',
  'customer',
  'default_price',
  'failure_balance_transaction',
  'latest_charge',
  'payment_intent',
  'payment_method',
  'product',
  'promotion_code',
  'source',
])

/** Fields that are left out unless they are asked for. */
const INCLUDED: Record<string, (scope: Scope, owner: Json) => unknown> = {
  'checkout.session/line_items': (scope, owner) => {
    const id = String(owner.id)
    return {
      object: 'list',
      data: lineItemsOf(scope, scope.objects.get('checkout.session', id)),
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    }
  },
  'charge/refunds': (scope, owner) => {
    const id = String(owner.id)
    return {
      object: 'list',
      data: scope.objects.all('refund', [{ path: '$.charge', equals: id }]),
      has_more: false,
      url: `/v1/charges/${id}/refunds`,
    }
  },
}

/** References that an object has only in some states; to ask for them is no mistake in the others. */
const SOMETIMES_THERE = new Set(['refund/failure_balance_transaction'])

const MAX_LEVELS = 4

/**
 * Shows an object with the fields named in `expand` filled in, `latest_charge.balance_transaction` or, in lists,
 * `data.customer`.
 *
 * @throws StripeError when a field can't be expanded or the path is too deep
 */
export function expandObject(scope: Scope, body: object, paths: string[]): object {
  if (paths.length === 0) return body
  const copy: unknown = structuredClone(body)
  for (const path of paths) {
    const segments = path.split('.')
    if (segments.filter((segment) => segment !== 'data').length > MAX_LEVELS) {
      throw invalidRequest(
        `You cannot expand more than ${MAX_LEVELS} levels of a property. Property: ${path}`,
        {
          param: 'expand',
        },
      )
    }
    expandInto(scope, copy, segments, path)
  }
  return asJson(copy) ?? body
}

function expandInto(scope: Scope, value: unknown, segments: string[], path: string): void {
  const [field, ...rest] = segments
  if (field === undefined) return
  if (Array.isArray(value)) {
    for (const item of value) expandInto(scope, item, segments, path)
    return
  }
  const owner = asJson(value)
  if (owner === undefined) return
  const include = INCLUDED[`${String(owner.object)}/${field}`]
  if (include !== undefined) {
    owner[field] ??= structuredClone(include(scope, owner))
  } else if (REFERENCES.has(field) && field in owner) {
    const reference = owner[field]
    if (typeof reference === 'string') {
      owner[field] = structuredClone(scope.objects.findAny(reference)) ?? reference
    }
  } else if (SOMETIMES_THERE.has(`${String(owner.object)}/${field}`)) {
    return
  } else if (rest.length === 0 || typeof owner[field] !== 'object') {
    // Only a step on the way may be a plain part of the object, such as `data` of a list.
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' })
  }
  expandInto(scope, owner[field], rest, path)
}

function asJson(value: unknown): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  // A parsed JSON object is exactly this.
  return value as Json
}
