import { type Job, wholeFunction } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import type { ExecutorContext } from './context.ts'

/** Ends a step that was waiting for something: its job becomes a memo, and the function is called again. */
export function completeStep(
  context: ExecutorContext,
  transaction: Transaction,
  run: Run,
  { job, op, memo }: { job: Job; op: string; memo: string },
): void {
  const { store, clock } = context
  store.jobs.delete(job.seq)
  store.steps.insert({
    runId: run.id,
    id: job.target,
    op,
    name: job.name,
    memo,
    startedAt: job.createdAt,
    finishedAt: clock.now(),
    input: job.input,
  })
  callFunction(context, transaction, run)
}

/** Has a function called (again) from the top, after a step of its finished. */
export function callFunction(context: ExecutorContext, transaction: Transaction, run: Run): void {
  const { jobs } = context.store
  const waiting = jobs.findByTarget(run.id, wholeFunction)
  if (waiting) {
    // It may be under way right now, without this result: note that it has to be called once more.
    jobs.markAgain(waiting.seq)
    return
  }
  const now = context.clock.now()
  const job = jobs.insert({
    runId: run.id,
    functionId: run.functionId,
    kind: 'call',
    target: wholeFunction,
    name: '',
    dueAt: now,
    input: null,
    createdAt: now,
  })
  transaction.afterCommit(() => context.enqueue(job))
}
