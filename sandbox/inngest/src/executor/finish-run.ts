import { canonicalJson, type Json, type JsonObject, parseJson } from '../protocol/canonical-json.ts'
import type { RunError } from '../protocol/parse-reply.ts'
import { newUlid } from '../protocol/ulid.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import { acceptEvents, type ExecutorContext, type NewEvent } from './accept-events.ts'

/** How a run ended. */
export type Ending =
  | { status: 'Completed'; output: Json }
  | { status: 'Failed'; error: RunError }
  | { status: 'Cancelled' }

/**
 * Ends a run, in the caller's transaction: removes what was still to be done for it and sends the server's own events
 * about it, which start onFailure handlers. A run that has ended before stays as it is.
 */
export function finishRun(
  context: ExecutorContext,
  transaction: Transaction,
  run: Run,
  ending: Ending,
): void {
  const { store, clock } = context
  if (store.runs.find(run.id)?.status !== 'Running') return
  const result = resultOf(ending)
  store.runs.finish(run.id, ending.status, clock.now(), canonicalJson(result))
  store.jobs.deleteOfRun(run.id)
  acceptEvents(context, transaction, lifecycleEvents(context, run, ending, result))
}

function resultOf(ending: Ending): Json {
  if (ending.status === 'Completed') return ending.output
  if (ending.status === 'Cancelled') return null
  const { name, message, stack, cause } = ending.error
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) }
}

function lifecycleEvents(context: ExecutorContext, run: Run, ending: Ending, result: Json): NewEvent[] {
  const stored = context.store.events.find(run.eventId)
  const event: Json = stored ? parseJson(stored.payload) : {}
  const about: JsonObject = {
    _inngest: { status: ending.status },
    event,
    events: [event],
    function_id: run.functionId,
    run_id: run.id,
    result,
    ...(ending.status === 'Failed' ? { error: { ...ending.error } } : {}),
  }
  if (ending.status === 'Cancelled') {
    return [lifecycleEvent(context, 'inngest/function.cancelled', run, about)]
  }
  const finished = lifecycleEvent(context, 'inngest/function.finished', run, about)
  return ending.status === 'Failed'
    ? [lifecycleEvent(context, 'inngest/function.failed', run, about), finished]
    : [finished]
}

function lifecycleEvent(context: ExecutorContext, name: string, run: Run, data: JsonObject): NewEvent {
  return {
    id: newUlid(context.clock.now()),
    callerId: run.id,
    name,
    data,
    user: {},
    ts: undefined,
    version: undefined,
    internal: true,
  }
}
