import { canonicalJson } from '../protocol/canonical-json.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import { completeStep } from './complete-step.ts'
import type { ExecutorContext } from './context.ts'

export const invokedEventName = 'inngest/function.invoked'

/** The memo of a step whose invoked function took too long; the SDK throws it where `step.invoke` was called. */
export const invokeTimeoutMemo = invokeError(
  'InngestInvokeTimeoutError',
  'Timed out waiting for invoked function to complete',
)

/** Hands what a run came to over to the step that invoked it, if one did. */
export function answerInvocation(
  context: ExecutorContext,
  transaction: Transaction,
  run: Run,
  memo: string,
): void {
  if (run.eventName !== invokedEventName) return
  const { store } = context
  const invocation = store.invocations.find(run.eventId, run.functionId)
  if (!invocation) return
  store.invocations.delete(invocation.runId, invocation.stepId)
  const parent = store.runs.find(invocation.runId)
  const job = store.jobs.findByTarget(invocation.runId, invocation.stepId)
  if (parent?.status !== 'Running' || !job) return
  completeStep(context, transaction, parent, { job, op: 'InvokeFunction', memo })
}

function invokeError(name: string, message: string): string {
  return canonicalJson({ error: { error: `${name}: ${message}`, name, message } })
}
