import type { Run } from '../store/runs.ts'
import type { ExecutorContext } from './context.ts'
import { finishRun } from './finish-run.ts'
import { beginRun } from './start-run.ts'
import { triggerOf } from './trigger-of.ts'

/** Ends a run under way because somebody asks for it; false when it is unknown or over. */
export function cancelRun(context: ExecutorContext, runId: string): Promise<boolean> {
  return context.store.transactions.run((transaction) => {
    const run = context.store.runs.find(runId)
    if (run?.status !== 'Running') return false
    finishRun(context, transaction, run, { status: 'Cancelled' })
    return true
  })
}

/**
 * Starts a function once more with the event of an earlier run, from the top and with no step done.
 *
 * @returns the new run's id; undefined when its app does not have the function any more
 */
export function rerun(context: ExecutorContext, run: Run): Promise<string | undefined> {
  const { store, registry } = context
  return store.transactions.run((transaction) => {
    const target = registry.find(run.functionId)
    if (!target?.active) return undefined
    const trigger = { event: triggerOf(store, run.eventId), eventId: run.eventId, callerId: undefined }
    return beginRun(context, transaction, target, trigger, true)
  })
}
