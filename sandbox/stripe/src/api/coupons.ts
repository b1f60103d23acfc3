import {
  changeMetadata,
  clearableText,
  currency,
  decimal,
  integer,
  list,
  metadata,
  object,
  oneOf,
  text,
} from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildCoupon, withValidity } from '../objects/coupon.ts'
import { newId } from '../store/ids.ts'
import { createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const couponRoutes: Route[] = [
  route(
    'POST',
    '/v1/coupons',
    {
      id: text({ maxLength: 200 }),
      amount_off: integer({ min: 1 }),
      currency: currency(),
      percent_off: decimal({ above: 0, max: 100 }),
      duration: oneOf('once', 'forever'),
      applies_to: object({ products: list(text()) }),
      max_redemptions: integer({ min: 1 }),
      redeem_by: integer(),
      metadata: metadata(),
      name: text({ maxLength: 40 }),
    },
    (scope, parameters) => {
      if ((parameters.amount_off === undefined) === (parameters.percent_off === undefined)) {
        throw invalidRequest('You must pass exactly one of `amount_off` and `percent_off`.', {
          param: 'percent_off',
        })
      }
      if (parameters.amount_off !== undefined && parameters.currency === undefined) {
        throw invalidRequest('You must pass currency when passing amount_off', { param: 'currency' })
      }
      const id = parameters.id ?? newId('coupon')
      if (scope.objects.findAny(id) !== undefined) {
        throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
      }
      const coupon = scope.objects.insert(
        'coupon',
        buildCoupon({
          id,
          created: scope.now(),
          amountOff: parameters.amount_off ?? null,
          percentOff: parameters.percent_off ?? null,
          currency: parameters.amount_off === undefined ? null : (parameters.currency ?? null),
          duration: parameters.duration ?? 'once',
          products: parameters.applies_to?.products ?? [],
          maxRedemptions: parameters.max_redemptions ?? null,
          redeemBy: parameters.redeem_by ?? null,
          name: parameters.name ?? null,
          metadata: changeMetadata({}, parameters.metadata),
        }),
      )
      scope.emit('coupon.created', coupon)
      return coupon
    },
  ),
  route('GET', '/v1/coupons/:id', {}, (scope, _parameters, id) =>
    withValidity(scope.objects.get('coupon', id), scope.now()),
  ),
  route(
    'POST',
    '/v1/coupons/:id',
    { metadata: metadata(), name: clearableText({ maxLength: 40 }) },
    (scope, parameters, id) => {
      const before = scope.objects.get('coupon', id)
      const coupon = {
        ...before,
        metadata: changeMetadata(before.metadata ?? {}, parameters.metadata),
        name: parameters.name === undefined ? before.name : parameters.name,
      }
      scope.objects.save('coupon', coupon)
      scope.emit('coupon.updated', coupon, before)
      return withValidity(coupon, scope.now())
    },
  ),
  route('DELETE', '/v1/coupons/:id', {}, (scope, _parameters, id) => {
    const coupon = scope.objects.get('coupon', id)
    scope.objects.remove('coupon', id)
    scope.emit('coupon.deleted', coupon)
    // A code is only as good as its coupon.
    for (const code of scope.objects.all('promotion_code', [{ path: '$.promotion.coupon', equals: id }])) {
      if (!code.active) continue
      const ended = scope.objects.save('promotion_code', { ...code, active: false })
      scope.emit('promotion_code.updated', ended, code)
    }
    return { id, object: 'coupon', deleted: true }
  }),
  route('GET', '/v1/coupons', { ...pagination, created: createdRange }, (scope, parameters) =>
    listAnswer(scope, 'coupon', '/v1/coupons', parameters, [], (coupon) => withValidity(coupon, scope.now())),
  ),
]
