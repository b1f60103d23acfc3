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
  url,
} from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildPrice, buildProduct } from '../objects/catalogue.ts'
import { newId } from '../store/ids.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

const changeable = {
  active: flag(),
  description: clearableText(),
  images: list(url()),
  metadata: metadata(),
  shippable: flag(),
  statement_descriptor: text({ maxLength: 22 }),
  unit_label: clearableText({ maxLength: 12 }),
  url: url(),
}

export const productRoutes: Route[] = [
  route(
    'POST',
    '/v1/products',
    {
      ...changeable,
      id: text(),
      name: required(text()),
      type: oneOf('service', 'good'),
      default_price_data: object({
        currency: required(currency()),
        unit_amount: required(integer({ min: 0, max: 99_999_999 })),
        metadata: metadata(),
        tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
      }),
    },
    (scope, parameters) => {
      const id = parameters.id ?? newId('product')
      if (scope.objects.findAny(id) !== undefined) {
        throw invalidRequest('Product already exists.', { code: 'resource_already_exists', param: 'id' })
      }
      const product = buildProduct({
        id,
        name: parameters.name,
        created: scope.now(),
        active: parameters.active ?? true,
        description: parameters.description ?? null,
        images: parameters.images ?? [],
        metadata: changeMetadata({}, parameters.metadata),
        statementDescriptor: parameters.statement_descriptor ?? null,
        unitLabel: parameters.unit_label ?? null,
        url: parameters.url ?? null,
        shippable: parameters.shippable ?? null,
      })
      product.type = parameters.type ?? 'service'
      scope.objects.insert('product', product)
      const priceData = parameters.default_price_data
      if (priceData !== undefined) {
        const price = scope.objects.insert(
          'price',
          buildPrice({
            id: newId('price'),
            product: product.id,
            currency: priceData.currency,
            unitAmount: priceData.unit_amount,
            created: scope.now(),
            metadata: changeMetadata({}, priceData.metadata),
            taxBehavior: priceData.tax_behavior ?? 'unspecified',
          }),
        )
        product.default_price = price.id
        scope.objects.save('product', product)
        scope.emit('price.created', price)
      }
      scope.emit('product.created', product)
      return product
    },
  ),
  route('GET', '/v1/products/:id', {}, (scope, _parameters, id) => scope.objects.get('product', id)),
  route(
    'POST',
    '/v1/products/:id',
    { ...changeable, name: text(), default_price: text() },
    (scope, parameters, id) => {
      const before = scope.objects.get('product', id)
      const product = { ...before, updated: scope.now() }
      if (parameters.default_price !== undefined) {
        const price = scope.objects.get('price', parameters.default_price, 'default_price')
        if (price.product !== id) {
          throw invalidRequest('The price specified does not belong to this product.', {
            param: 'default_price',
          })
        }
        product.default_price = price.id
      }
      product.active = parameters.active ?? before.active
      product.name = parameters.name ?? before.name
      product.images = parameters.images ?? before.images
      product.shippable = parameters.shippable ?? before.shippable
      product.url = parameters.url ?? before.url
      if (parameters.description !== undefined) product.description = parameters.description
      if (parameters.unit_label !== undefined) product.unit_label = parameters.unit_label
      if (parameters.statement_descriptor !== undefined) {
        product.statement_descriptor = parameters.statement_descriptor
      }
      product.metadata = changeMetadata(before.metadata, parameters.metadata)
      scope.objects.save('product', product)
      scope.emit('product.updated', product, before)
      return product
    },
  ),
  route('DELETE', '/v1/products/:id', {}, (scope, _parameters, id) => {
    const product = scope.objects.get('product', id)
    if (scope.objects.all('price', [{ path: '$.product', equals: id }]).length > 0) {
      throw invalidRequest('This product cannot be deleted because it has one or more user-created prices.')
    }
    scope.objects.remove('product', id)
    scope.emit('product.deleted', product)
    return { id, object: 'product', deleted: true }
  }),
  route(
    'GET',
    '/v1/products',
    {
      ...pagination,
      created: createdRange,
      active: flag(),
      url: text(),
      shippable: flag(),
      ids: list(text()),
    },
    (scope, parameters) => {
      if (parameters.ids !== undefined) {
        const data = parameters.ids
          .map((id) => scope.objects.find('product', id))
          .filter((product) => product !== undefined)
        return { object: 'list', data, has_more: false, url: '/v1/products' }
      }
      return listAnswer(scope, 'product', '/v1/products', parameters, [
        by('active', parameters.active),
        by('url', parameters.url),
        by('shippable', parameters.shippable),
      ])
    },
  ),
]
