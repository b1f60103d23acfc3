import {
  changeMetadata,
  currency,
  flag,
  integer,
  metadata,
  object,
  oneOf,
  required,
  text,
} from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildPromotionCode } from '../objects/coupon.ts'
import { newId, randomText } from '../store/ids.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const promotionCodeRoutes: Route[] = [
  route(
    'POST',
    '/v1/promotion_codes',
    {
      promotion: required(object({ type: required(oneOf('coupon')), coupon: required(text()) })),
      active: flag(),
      code: text({ maxLength: 500 }),
      customer: text(),
      expires_at: integer(),
      max_redemptions: integer({ min: 1 }),
      metadata: metadata(),
      restrictions: object({
        first_time_transaction: flag(),
        minimum_amount: integer({ min: 1 }),
        minimum_amount_currency: currency(),
      }),
    },
    (scope, parameters) => {
      const coupon = scope.objects.get('coupon', parameters.promotion.coupon, 'promotion[coupon]')
      const code = parameters.code ?? randomText(8).toUpperCase()
      if (!/^[A-Za-z0-9_-]+$/.test(code)) {
        throw invalidRequest('Promotion codes may only contain letters, digits, dashes and underscores.', {
          param: 'code',
        })
      }
      const taken = scope.objects
        .all('promotion_code', [{ path: '$.active', equals: true }])
        .some((other) => other.code.toLowerCase() === code.toLowerCase())
      if (taken) {
        throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, {
          code: 'resource_already_exists',
          param: 'code',
        })
      }
      const promotionCode = scope.objects.insert(
        'promotion_code',
        buildPromotionCode({
          id: newId('promotion_code'),
          code,
          coupon: coupon.id,
          created: scope.now(),
          active: parameters.active ?? true,
          customer:
            parameters.customer === undefined
              ? null
              : scope.objects.get('customer', parameters.customer, 'customer').id,
          expiresAt: parameters.expires_at ?? null,
          maxRedemptions: parameters.max_redemptions ?? null,
          minimumAmount: parameters.restrictions?.minimum_amount ?? null,
          minimumAmountCurrency: parameters.restrictions?.minimum_amount_currency ?? null,
          firstTimeTransaction: parameters.restrictions?.first_time_transaction ?? false,
          metadata: changeMetadata({}, parameters.metadata),
        }),
      )
      scope.emit('promotion_code.created', promotionCode)
      return promotionCode
    },
  ),
  route('GET', '/v1/promotion_codes/:id', {}, (scope, _parameters, id) =>
    scope.objects.get('promotion_code', id),
  ),
  route(
    'POST',
    '/v1/promotion_codes/:id',
    { active: flag(), metadata: metadata() },
    (scope, parameters, id) => {
      const before = scope.objects.get('promotion_code', id)
      const promotionCode = {
        ...before,
        active: parameters.active ?? before.active,
        metadata: changeMetadata(before.metadata ?? {}, parameters.metadata),
      }
      scope.objects.save('promotion_code', promotionCode)
      scope.emit('promotion_code.updated', promotionCode, before)
      return promotionCode
    },
  ),
  route(
    'GET',
    '/v1/promotion_codes',
    { ...pagination, created: createdRange, active: flag(), code: text(), coupon: text(), customer: text() },
    (scope, parameters) =>
      listAnswer(scope, 'promotion_code', '/v1/promotion_codes', parameters, [
        by('active', parameters.active),
        by('code', parameters.code),
        by('promotion.coupon', parameters.coupon),
        by('customer', parameters.customer),
      ]),
  ),
]
