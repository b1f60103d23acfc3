import type { RegisteredFunction } from '../apps/registry.ts'
import type { Job } from '../store/jobs.ts'
import type { Run } from '../store/runs.ts'
import type { Transaction } from '../store/transactions.ts'
import type { Backoff } from './backoff.ts'
import type { ExecutorContext } from './context.ts'

/** A reply being written down: the call it answers, and the transaction it is written in. */
export type Applying = {
  context: ExecutorContext
  transaction: Transaction
  backoff: Backoff
  job: Job
  run: Run
  target: RegisteredFunction
}
