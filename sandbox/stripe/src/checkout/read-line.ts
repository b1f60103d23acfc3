import { changeMetadata } from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import { buildPrice, buildProduct } from '../objects/catalogue.ts'
import { idOf, type Price, type SessionLine } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import type { NewLine } from './new-session.ts'

/**
 * Reads one line of a new session: an existing price, or one made up on the spot.
 *
 * @param name the parameter's own name, `line_items[0]`, for the error
 * @throws StripeError when the quantity is missing, or the price is unknown or inactive
 */
export function readLine(scope: Scope, line: NewLine, name: string): { line: SessionLine; price: Price } {
  if (line.quantity === undefined) {
    throw invalidRequest(`Quantity is required. Add \`quantity\` to \`${name}\``, {
      code: 'parameter_missing',
      param: `${name}[quantity]`,
    })
  }
  if ((line.price === undefined) === (line.price_data === undefined)) {
    throw invalidRequest(`You must specify either \`price\` or \`price_data\` in \`${name}\`.`, {
      code: 'parameter_missing',
      param: `${name}[price]`,
    })
  }
  const price =
    line.price_data === undefined
      ? activePrice(scope, line.price ?? '', `${name}[price]`)
      : inlinePrice(scope, line.price_data, `${name}[price_data]`)
  const product = scope.objects.get('product', idOf(price.product) ?? '', `${name}[price]`)
  return {
    price,
    line: {
      id: newId('line_item'),
      priceId: price.id,
      productId: product.id,
      description: product.name,
      quantity: line.quantity,
      unitAmount: price.unit_amount ?? 0,
      metadata: changeMetadata({}, line.metadata),
    },
  }
}

function activePrice(scope: Scope, id: string, param: string): Price {
  const price = scope.objects.get('price', id, param)
  if (!price.active) {
    throw invalidRequest('The price specified is inactive. This field only accepts active prices.', { param })
  }
  const product = scope.objects.find('product', idOf(price.product) ?? '')
  if (product === undefined || !product.active) {
    throw invalidRequest(
      `Price \`${id}\` is not available to be purchased because its product is not active.`,
      { param },
    )
  }
  return price
}

/** A price made up on the spot. Stripe keeps it and its product, both inactive. */
function inlinePrice(scope: Scope, data: NonNullable<NewLine['price_data']>, name: string): Price {
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalidRequest(`You must specify either \`product\` or \`product_data\` in \`${name}\`.`, {
      code: 'parameter_missing',
      param: `${name}[product]`,
    })
  }
  const product =
    data.product_data === undefined
      ? scope.objects.get('product', data.product ?? '', `${name}[product]`)
      : scope.objects.insert(
          'product',
          buildProduct({
            id: newId('product'),
            name: data.product_data.name,
            created: scope.now(),
            active: false,
            description: data.product_data.description ?? null,
            images: data.product_data.images ?? [],
            metadata: changeMetadata({}, data.product_data.metadata),
            unitLabel: data.product_data.unit_label ?? null,
          }),
        )
  return scope.objects.insert(
    'price',
    buildPrice({
      id: newId('price'),
      product: product.id,
      currency: data.currency,
      unitAmount: data.unit_amount,
      created: scope.now(),
      active: false,
      taxBehavior: data.tax_behavior ?? 'unspecified',
    }),
  )
}
