import { canonicalJson, type Json, type JsonObject, objectMember } from '../protocol/canonical-json.ts'
import type { RunError } from '../protocol/parse-reply.ts'
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
  const finished = finishedEvent(context, run, ending, result)
  answerInvocation(context, transaction, run, memoOf(context, ending, finished))
  if (silent.has(run.eventName)) return
  const events = [finished]
  if (ending.status === 'Failed') events.unshift(endEvent(context, 'inngest/function.failed', run, finished))
  if (ending.status === 'Cancelled') {
    events.unshift(endEvent(context, 'inngest/function.cancelled', run, finished))
  }
  context.accept(transaction, events)
}

/**
 * What a step that invoked the run gets. Of a run that was cancelled it is no error: as on the real server, it is the
 * event that tells of its end.
 */
function memoOf(context: ExecutorContext, ending: Ending, finished: NewEvent): string {
  if (ending.status === 'Completed') return canonicalJson({ data: ending.output })
  if (ending.status === 'Failed') return canonicalJson({ error: { ...ending.error } })
  const { data, id, name, user } = finished
  return canonicalJson({ data: { data, id, name, ts: context.clock.now(), user } })
}

/** Runs that these started tell nothing of their own end, as on the real server: it would go round for ever. */
const silent = new Set(['inngest/function.failed', 'inngest/function.finished'])

function resultOf(ending: Ending): Json {
  if (ending.status === 'Completed') return ending.output
  if (ending.status === 'Cancelled') return null
  const { name, message, stack, cause } = ending.error
  return ending.output ?? { name, message, stack, ...(cause === undefined ? {} : { cause }) }
}

/** The event that follows every run. With an id of its own: one function may listen to this and to a failure. */
function finishedEvent(context: ExecutorContext, run: Run, ending: Ending, result: Json): NewEvent {
  const event = triggerOf(context.store, run.eventId)
  const data: JsonObject = {
    _inngest: { status: ending.status },
    event,
    events: [event],
    function_id: run.functionId,
    run_id: run.id,
    ...(ending.status === 'Cancelled' ? {} : { result }),
    ...correlation(run, event),
    ...(ending.status === 'Failed' ? { error: withoutEmptyStack(ending.error) } : {}),
  }
  return {
    id: newUlid(context.clock.now()),
    callerId: undefined,
    name: 'inngest/function.finished',
    data,
    user: {},
    ts: undefined,
    version: undefined,
    internal: true,
  }
}

/** The event that tells why a run ended, known by the run's id. */
function endEvent(context: ExecutorContext, name: string, run: Run, finished: NewEvent): NewEvent {
  return { ...finished, id: newUlid(context.clock.now()), callerId: run.id, name }
}

function withoutEmptyStack({ stack, ...error }: RunError): JsonObject {
  return stack === '' ? error : { ...error, stack }
}

/** By what an invoked run and the step that invoked it know each other. */
function correlation(run: Run, event: JsonObject): JsonObject {
  if (run.eventName !== invokedEventName) return {}
  const { correlation_id: id } = objectMember(objectMember(event, 'data'), '_inngest')
  return id === undefined ? {} : { correlation_id: id }
}
