import { compileExpression, ExpressionError } from '../expressions/expression.ts'
import { canonicalJson, type JsonObject, textMember } from '../protocol/canonical-json.ts'
import { parseWakeTime } from '../protocol/durations.ts'
import { type Operation, plainError, type RunError } from '../protocol/parse-reply.ts'
import type { JobKind } from '../store/jobs.ts'
import type { Applying } from './applying.ts'
import { indexWait } from './index-wait.ts'
import { invokeFunction } from './invoke.ts'
import { triggerOf } from './trigger-of.ts'

/** What became of something a step asks for: it is on its way, it has its answer at once, or the run can't go on. */
export type Asked =
  | { kind: 'asked'; outcome: string }
  | { kind: 'answered'; outcome: string; memo: string }
  | { kind: 'wrong'; error: RunError }

/** Writes down what a step asks for: a sleep, an event, another function, or to be called for itself. */
export function askFor(applying: Applying, operation: Operation): Asked {
  switch (operation.op) {
    case 'Sleep':
      return beginSleep(applying, operation)
    case 'WaitForEvent':
      return beginWait(applying, operation)
    case 'InvokeFunction': {
      const memo = invokeFunction(applying, operation)
      const outcome = `invokes ${textMember(operation.options, 'function_id') ?? 'nothing'}`
      return memo === undefined ? { kind: 'asked', outcome } : { kind: 'answered', outcome, memo }
    }
    default:
      insertJob(applying, operation, { kind: 'call', dueAt: applying.context.clock.now() })
      return { kind: 'asked', outcome: 'step planned' }
  }
}

function beginSleep(applying: Applying, operation: Operation): Asked {
  const dueAt = parseWakeTime(operation.name, applying.context.clock.now())
  if (dueAt === undefined) {
    const message = `step.sleep: ${JSON.stringify(operation.name)} is neither a duration nor a date`
    return { kind: 'wrong', error: plainError(message) }
  }
  insertJob(applying, operation, { kind: 'sleep', dueAt, input: { until: new Date(dueAt).toISOString() } })
  return { kind: 'asked', outcome: `sleeps until ${new Date(dueAt).toISOString()}` }
}

function beginWait(applying: Applying, operation: Operation): Asked {
  const { context, run } = applying
  const { store, clock } = context
  const { name: eventName, options } = operation
  const timeout = textMember(options, 'timeout')
  const dueAt = parseWakeTime(timeout ?? '', clock.now())
  if (dueAt === undefined) {
    const message = `step.waitForEvent: the timeout ${JSON.stringify(timeout)} is neither a duration nor a date`
    return { kind: 'wrong', error: plainError(message) }
  }
  const source = textMember(options, 'if') || undefined
  try {
    if (source !== undefined) compileExpression(source)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const message = 'Wait for event If expression failed to compile'
    const invalid = { ...plainError(message, 'InvalidExpression'), stack: error.message }
    return { kind: 'wrong', error: { ...invalid, error: `InvalidExpression: ${message}` } }
  }
  insertJob(applying, operation, { kind: 'wait', dueAt, input: { event: eventName, ...options } })
  const wait = { runId: run.id, id: operation.id, kind: 'step' as const, eventName, expiresAt: null }
  store.waits.insert(indexWait(wait, source, triggerOf(store, run.eventId)))
  return { kind: 'asked', outcome: `waits for ${eventName} until ${new Date(dueAt).toISOString()}` }
}

function insertJob(
  { context, transaction, run }: Applying,
  operation: Operation,
  { kind, dueAt, input }: { kind: JobKind; dueAt: number; input?: JsonObject },
): void {
  const job = context.store.jobs.insert({
    runId: run.id,
    functionId: run.functionId,
    kind,
    target: operation.id,
    name: operation.displayName,
    dueAt,
    input: input === undefined ? null : canonicalJson(input),
    createdAt: context.clock.now(),
  })
  transaction.afterCommit(() => context.enqueue(job))
}
