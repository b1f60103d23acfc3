import type { DatabaseSync } from 'node:sqlite'
import { CallStore } from './calls.ts'
import { CronStore } from './crons.ts'
import { DebounceStore } from './debounces.ts'
import { EventStore } from './events.ts'
import { FunctionStore } from './functions.ts'
import { InvocationStore } from './invocations.ts'
import { JobStore } from './jobs.ts'
import { openDatabase } from './open-database.ts'
import { RunKeyStore } from './run-keys.ts'
import { RunStore } from './runs.ts'
import { SettingStore } from './settings.ts'
import { StepStore } from './steps.ts'
import { ThrottleStore } from './throttles.ts'
import { Transactions } from './transactions.ts'
import { WaitStore } from './waits.ts'

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
  waits: WaitStore
  invocations: InvocationStore
  debounces: DebounceStore
  throttles: ThrottleStore
  settings: SettingStore
  close: () => void
}

/** Opens the state in `directory`, or in memory. @throws StartError when the folder can't be used */
export function openStore(
  directory: string | undefined,
  commitDelayMs = 0,
  log: (line: string) => void = () => {},
): Store {
  const database = openDatabase(directory, log)
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
    waits: new WaitStore(database),
    invocations: new InvocationStore(database),
    debounces: new DebounceStore(database),
    throttles: new ThrottleStore(database),
    settings: new SettingStore(database),
    close: () => {
      transactions.flush()
      database.close()
    },
  }
}
