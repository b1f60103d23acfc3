import { isDeepStrictEqual } from 'node:util'
import type { Event } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import { newId } from '../store/ids.ts'
import { API_VERSION } from '../version.ts'
import { createDelivery } from './delivery-store.ts'
import { wants } from './endpoints.ts'

/**
 * Records an event and its deliveries, in the transaction of the change it tells of: an event exists if and only if
 * the change does.
 */
export function recordEvent(scope: Scope, type: string, object: { id: string }, previous?: object): void {
  const event: Event = {
    id: newId('event'),
    object: 'event',
    api_version: API_VERSION,
    created: scope.now(),
    data: {
      object,
      ...(previous === undefined ? {} : { previous_attributes: changedFields(previous, object) }),
    },
    livemode: false,
    pending_webhooks: 0,
    request: { id: scope.cause.requestId, idempotency_key: scope.cause.idempotencyKey },
    type,
  }
  const endpoints = scope.endpoints.filter((endpoint) => wants(endpoint, type))
  event.pending_webhooks = endpoints.length
  scope.objects.insert('event', event)
  for (const endpoint of endpoints) {
    createDelivery(scope.database, {
      account: scope.account.key,
      endpointId: endpoint.id,
      eventId: event.id,
      notBeforeMs: Date.now() + Math.floor(Math.random() * scope.settings.shuffleMs),
    })
  }
}

/** The old values of the top-level fields that changed. */
function changedFields(previous: object, current: object): Record<string, unknown> {
  const now: Record<string, unknown> = { ...current }
  return Object.fromEntries(
    Object.entries(previous).filter(([key, value]) => !isDeepStrictEqual(value, now[key])),
  )
}
