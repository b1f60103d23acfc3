import type { RegisteredFunction, Registry } from '../apps/registry.ts'
import type { Clock } from '../clock.ts'
import { canonicalJson, type JsonObject } from '../protocol/canonical-json.ts'
import { newUlid } from '../protocol/ulid.ts'
import { type Job, wholeFunction } from '../store/jobs.ts'
import type { Store } from '../store/store.ts'
import type { Transaction } from '../store/transactions.ts'

/** What every part of the executor works with. */
export type ExecutorContext = {
  store: Store
  registry: Registry
  clock: Clock
  /** Hands jobs to the queue; called once they are on disk. */
  enqueue: (job: Job) => void
}

/** An event about to be stored. `id` is the server's own; `callerId` its sender's, by which repeats are known. */
export type NewEvent = {
  id: string
  callerId: string | undefined
  name: string
  data: JsonObject
  user: JsonObject
  ts: number | undefined
  version: string | undefined
  internal: boolean
}

/**
 * Stores events and the runs they start, in the caller's transaction: once an event is accepted, none of its runs can
 * get lost. An event whose id is known already (a repeated request) changes nothing.
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
  const isNew = store.events.insert({
    id: event.id,
    name: event.name,
    payload: canonicalJson(payload),
    internal: event.internal ? 1 : 0,
    receivedAt: now,
  })
  if (!isNew) return
  for (const target of registry.triggeredBy(payload)) {
    // A function that fails on its own failure event would go round for ever.
    if (event.internal && event.data.function_id === target.config.id) continue
    startRun(context, transaction, target, { event: payload, eventId: event.id, callerId: event.callerId })
  }
}

/** The event a run starts with, as stored. */
export type RunTrigger = { event: JsonObject; eventId: string; callerId: string | undefined }

/** Starts a run of a function unless its key has started one before. */
export function startRun(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction,
  trigger: RunTrigger,
): void {
  const { store, clock } = context
  const now = clock.now()
  const runId = newUlid(now)
  const functionId = target.config.id
  const key = runKey(target, trigger)
  if (key !== undefined && !store.runKeys.claim(functionId, key, runId, now)) return
  store.runs.insert({ id: runId, functionId, eventId: trigger.eventId, startedAt: now })
  const { ts } = trigger.event
  const job = store.jobs.insert({
    runId,
    functionId,
    kind: 'call',
    target: wholeFunction,
    name: '',
    // An event dated in the future starts its runs then.
    dueAt: typeof ts === 'number' && ts > now ? ts : now,
  })
  transaction.afterCommit(() => context.enqueue(job))
}

/** By what a repeat is recognised: the function's idempotency expression, else the sender's event id. */
function runKey(target: RegisteredFunction, { event, callerId }: RunTrigger): string | undefined {
  const value = target.idempotency?.evaluate({ event })
  if (value !== undefined && value !== null) return `idempotency ${String(value)}`
  return callerId === undefined ? undefined : `event ${callerId}`
}
