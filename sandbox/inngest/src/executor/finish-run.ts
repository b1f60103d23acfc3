import { canonicalJson, type Json, type JsonObject, objectMember } from '../protocol/canonical-json.ts'
import { newUlid } from '../protocol/ulid.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import { answerInvocation, invokedEventName } from './answer-invocation.ts'
import type { ExecutorContext, NewEvent } from './context.ts'
import type { Ending } from './ending.ts'
import { triggerOf } from './trigger-of.ts'

/**
 * Ends a run, in the caller's transaction: removes what was still to be done for it and sends the server's own events
 * about it, which start onFailure handlers. A step that invoked it gets the result. A run that has ended before stays
 * as it is.
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
  store.waits.deleteOfRun(run.id)
  store.invocations.deleteOfRun(run.id)
  answerInvocation(context, transaction, run, ending, result)
  if (!silent.has(run.eventName)) {
    context.accept(transaction, lifecycleEvents(context, run, ending, result))
  }
}

/** Runs that these started tell nothing of their own end, as on the real server: it would go round for ever. */
const silent = new Set(['inngest/function.failed', 'inngest/function.finished'])

function resultOf(ending: Ending): Json {
  if (ending.status === 'Completed') return ending.output
  if (ending.status === 'Cancelled') return null
  const { name, message, stack, cause } = ending.error
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) }
}

function lifecycleEvents(context: ExecutorContext, run: Run, ending: Ending, result: Json): NewEvent[] {
  const event = triggerOf(context.store, run.eventId)
  const about: JsonObject = {
    _inngest: { status: ending.status },
    event,
    events: [event],
    function_id: run.functionId,
    run_id: run.id,
    ...(ending.status === 'Cancelled' ? {} : { result }),
    ...correlation(run, event),
    ...(ending.status === 'Failed' ? { error: { ...ending.error } } : {}),
  }
  if (ending.status === 'Cancelled') {
    return [lifecycleEvent(context, 'inngest/function.cancelled', run, about)]
  }
  // With an id of its own: one function may listen to this and to the failure, which has the run's.
  const finished = {
    ...lifecycleEvent(context, 'inngest/function.finished', run, about),
    callerId: undefined,
  }
  return ending.status === 'Failed'
    ? [lifecycleEvent(context, 'inngest/function.failed', run, about), finished]
    : [finished]
}

/** By what an invoked run and the step that invoked it know each other. */
function correlation(run: Run, event: JsonObject): JsonObject {
  if (run.eventName !== invokedEventName) return {}
  const { correlation_id: id } = objectMember(objectMember(event, 'data'), '_inngest')
  return id === undefined ? {} : { correlation_id: id }
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
