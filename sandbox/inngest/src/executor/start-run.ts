import type { RegisteredFunction } from '../apps/registry.ts'
import { type JsonObject, textMember } from '../protocol/canonical-json.ts'
import { parseWakeTime } from '../protocol/durations.ts'
import { newUlid } from '../protocol/ulid.ts'
import { type Job, type JobKind, wholeFunction } from '../store/jobs.ts'
import type { Transaction } from '../store/transactions.ts'
import type { ExecutorContext, RunTrigger } from './context.ts'
import { indexWait } from './index-wait.ts'
import { admit } from './throttle.ts'
import { triggerOf } from './trigger-of.ts'

/** Starts a run of a function, or holds the event back when the function is debounced. */
export function startRun(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction,
  trigger: RunTrigger,
): void {
  if (target.config.debounce) holdBack(context, transaction, target, trigger)
  else beginRun(context, transaction, target, trigger)
}

/**
 * Starts a run unless its key has started one before.
 *
 * @param repeat true when somebody asked for this very event again: its key does not count then
 * @returns the run's id; undefined when there is none
 */
export function beginRun(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction,
  trigger: RunTrigger,
  repeat = false,
): string | undefined {
  const { store, clock } = context
  const { event, eventId } = trigger
  const now = clock.now()
  const runId = newUlid(now)
  const functionId = target.config.id
  const key = repeat ? undefined : runKey(target, trigger)
  if (key !== undefined && !store.runKeys.claim(functionId, key, runId, now)) return undefined
  store.runs.insert({
    id: runId,
    functionId,
    eventId,
    eventName: textMember(event, 'name') ?? '',
    startedAt: now,
    priority: priorityOf(target, event),
  })
  target.cancel.forEach(({ event: eventName, condition, timeout }, index) => {
    const expiresAt = timeout === undefined ? null : (parseWakeTime(timeout, now) ?? null)
    const wait = { runId, id: `cancel ${index}`, kind: 'cancel' as const, eventName, expiresAt }
    store.waits.insert(indexWait(wait, condition?.source, event))
  })
  // An event dated in the future starts its runs then.
  const { ts } = event
  const startAt = !repeat && typeof ts === 'number' && ts > now ? ts : now
  const begin = (kind: JobKind, dueAt: number) => {
    const job = { runId, functionId, kind, target: wholeFunction, name: '', dueAt, input: null }
    const stored = store.jobs.insert({ ...job, createdAt: now })
    transaction.afterCommit(() => context.enqueue(stored))
  }
  if (target.config.throttle && startAt > now) begin('start', startAt)
  else begin('call', target.config.throttle ? admittedAt(context, target, event) : startAt)
  return runId
}

/** Lets a run begin whose time has come, as soon as `throttle` allows. */
export function admitRun(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction,
  job: Job,
  eventId: string,
): void {
  const dueAt = admittedAt(context, target, triggerOf(context.store, eventId))
  const call = context.store.jobs.reschedule(job.seq, 'call', dueAt)
  if (call) transaction.afterCommit(() => context.enqueue(call))
}

function admittedAt(context: ExecutorContext, target: RegisteredFunction, event: JsonObject): number {
  const { store, clock } = context
  const { throttle, id } = target.config
  if (!throttle) return clock.now()
  const key = String(target.throttleKey?.evaluate({ event }) ?? '')
  const { startAt, freeAt } = admit(throttle, store.throttles.freeAt(id, key), clock.now())
  store.throttles.save(id, key, freeAt)
  return startAt
}

/** Keeps the event in the place of the one before it and puts the start off. */
function holdBack(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction,
  { event, eventId }: RunTrigger,
): void {
  const { store, clock } = context
  const { debounce, id: functionId } = target.config
  if (!debounce) return
  const now = clock.now()
  const key = String(target.debounceKey?.evaluate({ event }) ?? '')
  const known = store.debounces.find(functionId, key)
  const limit = debounce.timeoutMs === undefined ? null : now + debounce.timeoutMs
  const deadline = known ? known.deadline : limit
  store.debounces.save({ functionId, key, eventId, deadline })
  const dueAt = Math.min(now + debounce.periodMs, deadline ?? Number.POSITIVE_INFINITY)
  const runId = debounceOwner(functionId)
  const waiting = store.jobs.findByTarget(runId, key)
  const job = waiting
    ? store.jobs.reschedule(waiting.seq, 'debounce', dueAt)
    : store.jobs.insert({
        runId,
        functionId,
        kind: 'debounce',
        target: key,
        name: '',
        dueAt,
        input: null,
        createdAt: now,
      })
  if (job) transaction.afterCommit(() => context.enqueue(job))
}

/** Starts the run of a debounced function, with the last event that came. */
export function endDebounce(
  context: ExecutorContext,
  transaction: Transaction,
  target: RegisteredFunction | undefined,
  job: Job,
): void {
  const { store } = context
  const held = store.debounces.find(job.functionId, job.target)
  store.jobs.delete(job.seq)
  store.debounces.delete(job.functionId, job.target)
  if (!held || !target?.active) return
  const event = triggerOf(store, held.eventId)
  const id = textMember(event, 'id')
  beginRun(context, transaction, target, {
    event,
    eventId: held.eventId,
    callerId: id === held.eventId ? undefined : id,
  })
}

/** In the place of a run's id: a debounce has none yet. */
function debounceOwner(functionId: string): string {
  return `debounce ${functionId}`
}

const highestPriority = 600

/** Seconds a run goes ahead of others, as its function's expression says; anything but a number is none. */
function priorityOf(target: RegisteredFunction, event: JsonObject): number {
  const value = Number(target.priority?.evaluate({ event }) ?? 0)
  if (!Number.isFinite(value)) return 0
  return Math.round(Math.min(Math.max(value, -highestPriority), highestPriority))
}

/** By what a repeat is recognised: the function's idempotency expression, else the sender's event id. */
function runKey(target: RegisteredFunction, { event, callerId }: RunTrigger): string | undefined {
  const value = target.idempotency?.evaluate({ event })
  if (value !== undefined && value !== null) return `idempotency ${String(value)}`
  return callerId === undefined ? undefined : `event ${callerId}`
}
