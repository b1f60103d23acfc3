import {
  changeMetadata,
  clearableText,
  currency,
  flag,
  integer,
  list,
  metadata,
  object,
  oneOf,
  required,
  text,
} from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildPrice, buildProduct } from '../objects/catalogue.ts'
import { idOf, type Price } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified')

export const priceRoutes: Route[] = [
  route(
    'POST',
    '/v1/prices',
    {
      currency: required(currency()),
      unit_amount: required(integer({ min: 0, max: 99_999_999 })),
      product: text(),
      product_data: object({
        id: text(),
        name: required(text()),
        active: flag(),
        metadata: metadata(),
        statement_descriptor: text({ maxLength: 22 }),
        unit_label: text({ maxLength: 12 }),
      }),
      active: flag(),
      billing_scheme: oneOf('per_unit'),
      lookup_key: text({ maxLength: 200 }),
      transfer_lookup_key: flag(),
      metadata: metadata(),
      nickname: text(),
      tax_behavior: taxBehavior,
    },
    (scope, parameters) => {
      const { product: productId, product_data: productData } = parameters
      if ((productId === undefined) === (productData === undefined)) {
        throw invalidRequest('You must specify exactly one of `product` and `product_data`.', {
          code: 'parameter_missing',
          param: 'product',
        })
      }
      let product: string
      if (productData === undefined) {
        product = scope.objects.get('product', productId ?? '', 'product').id
      } else {
        const created = scope.objects.insert(
          'product',
          buildProduct({
            id: productData.id ?? newId('product'),
            name: productData.name,
            created: scope.now(),
            active: productData.active ?? true,
            metadata: changeMetadata({}, productData.metadata),
            statementDescriptor: productData.statement_descriptor ?? null,
            unitLabel: productData.unit_label ?? null,
          }),
        )
        scope.emit('product.created', created)
        product = created.id
      }
      const price = buildPrice({
        id: newId('price'),
        product,
        currency: parameters.currency,
        unitAmount: parameters.unit_amount,
        created: scope.now(),
        active: parameters.active ?? true,
        metadata: changeMetadata({}, parameters.metadata),
        nickname: parameters.nickname ?? null,
        taxBehavior: parameters.tax_behavior ?? 'unspecified',
      })
      if (parameters.lookup_key !== undefined) {
        takeLookupKey(scope, price, parameters.lookup_key, parameters.transfer_lookup_key ?? false)
      }
      scope.objects.insert('price', price)
      scope.emit('price.created', price)
      return price
    },
  ),
  route('GET', '/v1/prices/:id', {}, (scope, _parameters, id) => scope.objects.get('price', id)),
  route(
    'POST',
    '/v1/prices/:id',
    {
      active: flag(),
      lookup_key: text({ maxLength: 200 }),
      transfer_lookup_key: flag(),
      metadata: metadata(),
      nickname: clearableText(),
      tax_behavior: taxBehavior,
    },
    (scope, parameters, id) => {
      const before = scope.objects.get('price', id)
      if (parameters.active === false && isDefaultPrice(scope, before)) {
        throw invalidRequest(
          'This price cannot be archived because it is the default price of its product.',
          { param: 'active' },
        )
      }
      const price: Price = {
        ...before,
        active: parameters.active ?? before.active,
        metadata: changeMetadata(before.metadata, parameters.metadata),
        nickname: parameters.nickname === undefined ? before.nickname : parameters.nickname,
        tax_behavior: parameters.tax_behavior ?? before.tax_behavior,
      }
      if (parameters.lookup_key !== undefined) {
        takeLookupKey(scope, price, parameters.lookup_key, parameters.transfer_lookup_key ?? false)
      }
      scope.objects.save('price', price)
      scope.emit('price.updated', price, before)
      return price
    },
  ),
  route(
    'GET',
    '/v1/prices',
    {
      ...pagination,
      created: createdRange,
      active: flag(),
      currency: currency(),
      product: text(),
      type: oneOf('one_time', 'recurring'),
      lookup_keys: list(text()),
    },
    (scope, parameters) => {
      const { lookup_keys: lookupKeys } = parameters
      if (lookupKeys !== undefined) {
        const data = lookupKeys
          .flatMap((key) => scope.objects.all('price', [{ path: '$.lookup_key', equals: key }]))
          .filter((price) => parameters.active === undefined || price.active === parameters.active)
        return { object: 'list', data, has_more: false, url: '/v1/prices' }
      }
      return listAnswer(scope, 'price', '/v1/prices', parameters, [
        by('active', parameters.active),
        by('currency', parameters.currency),
        by('product', parameters.product),
        by('type', parameters.type),
      ])
    },
  ),
]

function isDefaultPrice(scope: Scope, price: Price): boolean {
  const productId = idOf(price.product)
  return productId !== null && scope.objects.find('product', productId)?.default_price === price.id
}

function takeLookupKey(scope: Scope, price: Price, lookupKey: string, transfer: boolean): void {
  const [holder] = scope.objects.all('price', [{ path: '$.lookup_key', equals: lookupKey }])
  if (holder !== undefined && holder.id !== price.id) {
    if (!transfer) {
      throw invalidRequest(
        `A price (\`${holder.id}\`) already uses that lookup key. Pass \`transfer_lookup_key=true\` to move it.`,
        { param: 'lookup_key' },
      )
    }
    scope.objects.save('price', { ...holder, lookup_key: null })
  }
  price.lookup_key = lookupKey
}
