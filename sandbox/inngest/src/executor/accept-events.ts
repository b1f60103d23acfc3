import { canonicalJson, type JsonObject } from '../protocol/canonical-json.ts'
import type { Transaction } from '../store/transactions.ts'
import type { ExecutorContext, NewEvent } from './context.ts'
import { resolveWaits } from './resolve-waits.ts'
import { startRun } from './start-run.ts'

/**
 * Stores events with what they answer and the runs they start, in the caller's transaction: once an event is accepted,
 * none of its effects can get lost. An event whose id is known already (a repeated request) changes nothing.
 */
export function acceptEvents(context: ExecutorContext, transaction: Transaction, events: NewEvent[]): void {
  for (const event of events) acceptEvent(context, transaction, event)
}

function acceptEvent(context: ExecutorContext, transaction: Transaction, event: NewEvent): void {
  const { store, registry, clock } = context
  const now = clock.now()
  const payload: JsonObject & { name: string } = {
    data: event.data,
    id: event.callerId ?? event.id,
    name: event.name,
    ts: event.ts ?? now,
    user: event.user,
    ...(event.version === undefined ? {} : { v: event.version }),
  }
  const text = canonicalJson(payload)
  const isNew = store.events.insert({
    id: event.id,
    name: event.name,
    payload: text,
    internal: event.internal ? 1 : 0,
    receivedAt: now,
  })
  if (!isNew) return
  // Before its own runs start: an event does not answer or end what it has only just begun.
  resolveWaits(context, transaction, payload, text)
  for (const target of registry.triggeredBy(payload)) {
    startRun(context, transaction, target, { event: payload, eventId: event.id, callerId: event.callerId })
  }
}
