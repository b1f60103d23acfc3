import { createSession } from '../checkout/create-session.ts'
import { expireSession } from '../checkout/expire-session.ts'
import { newSessionShape } from '../checkout/new-session.ts'
import { lineItemsOf } from '../checkout/sessions.ts'
import { changeMetadata, email, metadata, object, oneOf, required, text } from '../http/parameters.ts'
import { noSuch } from '../http/stripe-error.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const checkoutSessionRoutes: Route[] = [
  route('POST', '/v1/checkout/sessions', newSessionShape, createSession),
  route('GET', '/v1/checkout/sessions/:id', {}, (scope, _parameters, id) =>
    scope.objects.get('checkout.session', id),
  ),
  route('POST', '/v1/checkout/sessions/:id', { metadata: metadata() }, (scope, parameters, id) => {
    const session = scope.objects.get('checkout.session', id)
    return scope.objects.save('checkout.session', {
      ...session,
      metadata: changeMetadata(session.metadata ?? {}, parameters.metadata),
    })
  }),
  route('POST', '/v1/checkout/sessions/:id/expire', {}, (scope, _parameters, id) =>
    expireSession(scope, scope.objects.get('checkout.session', id)),
  ),
  route('GET', '/v1/checkout/sessions/:id/line_items', pagination, (scope, parameters, id) => {
    const items = lineItemsOf(scope, scope.objects.get('checkout.session', id))
    const { starting_after: after, ending_before: before, limit = 10 } = parameters
    const cursor = after ?? before
    const position = cursor === undefined ? -1 : items.findIndex((item) => item.id === cursor)
    if (cursor !== undefined && position === -1) {
      throw noSuch('item', cursor, after === undefined ? 'ending_before' : 'starting_after')
    }
    const url = `/v1/checkout/sessions/${id}/line_items`
    if (before !== undefined) {
      const data = items.slice(Math.max(position - limit, 0), position)
      return { object: 'list', data, has_more: position > limit, url }
    }
    const data = items.slice(position + 1, position + 1 + limit)
    return { object: 'list', data, has_more: position + 1 + limit < items.length, url }
  }),
  route(
    'GET',
    '/v1/checkout/sessions',
    {
      ...pagination,
      created: createdRange,
      customer: text(),
      payment_intent: text(),
      status: oneOf('open', 'complete', 'expired'),
      customer_details: object({ email: required(email()) }),
    },
    (scope, parameters) =>
      listAnswer(scope, 'checkout.session', '/v1/checkout/sessions', parameters, [
        by('customer', parameters.customer),
        by('payment_intent', parameters.payment_intent),
        by('status', parameters.status),
        by('customer_details.email', parameters.customer_details?.email),
      ]),
  ),
]
