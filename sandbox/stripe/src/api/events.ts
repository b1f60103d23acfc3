import { list, text } from '../http/parameters.ts'
import { invalidRequest } from '../http/stripe-error.ts'
import type { Event } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import type { Filter } from '../store/object-store.ts'
import { pendingCount } from '../webhooks/delivery-store.ts'
import { by, createdRange, listAnswer, pagination, type Route, route } from './route.ts'

export const eventRoutes: Route[] = [
  route('GET', '/v1/events/:id', {}, (scope, _parameters, id) =>
    withPending(scope, scope.objects.get('event', id)),
  ),
  route(
    'GET',
    '/v1/events',
    { ...pagination, created: createdRange, type: text(), types: list(text()) },
    (scope, parameters) => {
      if (parameters.type !== undefined && parameters.types !== undefined) {
        throw invalidRequest('You may only specify one of these parameters: type, types.', { param: 'type' })
      }
      return listAnswer(
        scope,
        'event',
        '/v1/events',
        parameters,
        [typeFilter(parameters.type, parameters.types)],
        (event) => withPending(scope, event),
      )
    },
  ),
]

/** `charge.*` means every event of charges, as in Stripe's own list. */
function typeFilter(type: string | undefined, types: string[] | undefined): Filter | undefined {
  if (types !== undefined) return { path: '$.type', anyOf: types }
  if (type?.endsWith('*')) return { path: '$.type', startsWith: type.slice(0, -1) }
  return by('type', type)
}

/** How many endpoints have not taken the event yet, as of now. */
function withPending(scope: Scope, event: Event): Event {
  return { ...event, pending_webhooks: pendingCount(scope.database, scope.account.key, event.id) }
}
