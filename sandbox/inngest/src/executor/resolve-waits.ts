import { compileExpression, valueAt } from '../expressions/expression.ts'
import { canonicalJson, type JsonObject, parseJson } from '../protocol/canonical-json.ts'
import type { Transaction } from '../store/transactions.ts'
import type { Wait } from '../store/waits.ts'
import { completeStep } from './complete-step.ts'
import type { ExecutorContext } from './context.ts'
import { finishRun } from './finish-run.ts'
import { triggerOf } from './trigger-of.ts'

/** Hands an event to every step that waits for it, and ends the runs it cancels. One event answers all that match. */
export function resolveWaits(
  context: ExecutorContext,
  transaction: Transaction,
  event: JsonObject & { name: string },
  text: string,
): void {
  const { store, clock } = context
  const waits = store.waits.matching(event.name, (path) => canonicalJson(valueAt(event, readPath(path))))
  const now = clock.now()
  for (const wait of waits) {
    if (wait.expiresAt !== null && wait.expiresAt <= now) continue
    const run = store.runs.find(wait.runId)
    // Another of these waits may have ended it just now.
    if (run?.status !== 'Running' || !isWanted(context, wait, run.eventId, event)) continue
    if (wait.kind === 'cancel') {
      finishRun(context, transaction, run, { status: 'Cancelled' })
      continue
    }
    store.waits.delete(wait.runId, wait.id)
    const job = store.jobs.findByTarget(run.id, wait.id)
    if (job) completeStep(context, transaction, run, { job, op: 'WaitForEvent', memo: text })
  }
}

function isWanted(context: ExecutorContext, wait: Wait, triggerId: string, event: JsonObject): boolean {
  if (wait.expression === null) return true
  const trigger = triggerOf(context.store, triggerId)
  return compileExpression(wait.expression).evaluate({ event: trigger, async: event }) === true
}

function readPath(stored: string): string[] {
  const value = parseJson(stored)
  return Array.isArray(value) ? value.map(String) : []
}
