import type { DatabaseSync } from 'node:sqlite'
import { CallStore } from './calls.ts'
import { CronStore } from './crons.ts'
import { EventStore } from './events.ts'
import { FunctionStore } from './functions.ts'
import { JobStore } from './jobs.ts'
import { openDatabase } from './open-database.ts'
import { RunKeyStore } from './run-keys.ts'
import { RunStore } from './runs.ts'
import { StepStore } from './steps.ts'
import { Transactions } from './transactions.ts'

/** All state of one server. Reads are direct; writes happen inside `transactions.run`. */
export type Store = {
  database: DatabaseSync
  transactions: Transactions
  functions: FunctionStore
  events: EventStore
  runs: RunStore
  steps: StepStore
  calls: CallStore
  jobs: JobStore
  runKeys: RunKeyStore
  crons: CronStore
  close: () => void
}

/** Opens the state in `directory`, or in memory. @throws StartError when the folder can't be used */
export function openStore(directory: string | undefined, commitDelayMs = 0): Store {
  const database = openDatabase(directory)
  const transactions = new Transactions(database, commitDelayMs)
  return {
    database,
    transactions,
    functions: new FunctionStore(database),
    events: new EventStore(database),
    runs: new RunStore(database),
    steps: new StepStore(database),
    calls: new CallStore(database),
    jobs: new JobStore(database),
    runKeys: new RunKeyStore(database),
    crons: new CronStore(database),
    close: () => {
      transactions.flush()
      database.close()
    },
  }
}
