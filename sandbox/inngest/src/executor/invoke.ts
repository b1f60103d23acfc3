import { canonicalJson, objectMember, textMember } from '../protocol/canonical-json.ts'
import { parseWakeTime } from '../protocol/durations.ts'
import type { Operation } from '../protocol/parse-reply.ts'
import { stableUuid } from '../protocol/stable-uuid.ts'
import { newUlid } from '../protocol/ulid.ts'
import { invokedEventName } from './answer-invocation.ts'
import type { Applying } from './applying.ts'
import type { NewEvent } from './context.ts'
import { startRun } from './start-run.ts'
import { triggerOf } from './trigger-of.ts'

/** How long a step waits for a function that it gave no time. */
const longestInvocationMs = 365 * 86_400_000

/**
 * Starts the run of a function that a step invokes; the step ends with that run.
 *
 * @returns the memo at once when there is no such function
 */
export function invokeFunction(applying: Applying, operation: Operation): string | undefined {
  const { context, transaction, run, target: caller } = applying
  const { store, clock, registry } = context
  const functionId = textMember(operation.options, 'function_id') ?? ''
  const target = registry.find(functionId)
  if (!target?.active) {
    return canonicalJson({
      error: { message: `could not find function with ID: ${functionId}`, name: 'Error' },
    })
  }
  const now = clock.now()
  const payload = objectMember(operation.options, 'payload')
  const timeout = textMember(operation.options, 'timeout') || undefined
  const dueAt = timeout === undefined ? now + longestInvocationMs : (parseWakeTime(timeout, now) ?? now)
  const job = store.jobs.insert({
    runId: run.id,
    functionId: run.functionId,
    kind: 'invoke',
    target: operation.id,
    name: operation.displayName,
    dueAt,
    input: canonicalJson(operation.options),
    createdAt: now,
  })
  transaction.afterCommit(() => context.enqueue(job))
  const event: NewEvent = {
    id: newUlid(now),
    callerId: undefined,
    name: invokedEventName,
    data: {
      ...objectMember(payload, 'data'),
      _inngest: {
        correlation_id: `${run.id}.${operation.id}`,
        expire: dueAt,
        fn_id: functionId,
        name: operation.displayName,
        source_app_id: stableUuid(`app ${caller.appName}`),
        source_fn_id: caller.uuid,
        source_fn_v: 1,
      },
    },
    user: objectMember(payload, 'user'),
    ts: now,
    version: textMember(payload, 'v'),
    internal: true,
  }
  store.invocations.insert({ eventId: event.id, functionId, runId: run.id, stepId: operation.id })
  context.accept(transaction, [event])
  startRun(context, transaction, target, {
    event: triggerOf(store, event.id),
    eventId: event.id,
    callerId: undefined,
  })
  return undefined
}
