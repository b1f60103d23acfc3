import type { Registry } from '../apps/registry.ts'
import type { Clock } from '../clock.ts'
import type { JsonObject } from '../protocol/canonical-json.ts'
import type { Job } from '../store/jobs.ts'
import type { Store } from '../store/store.ts'
import type { Transaction } from '../store/transactions.ts'

/** What every part of the executor works with. */
export type ExecutorContext = {
  store: Store
  registry: Registry
  clock: Clock
  /** Hands jobs to the queue; called once they are on disk. */
  enqueue: (job: Job) => void
  /** Stores events with everything they cause: a run that ends sends some itself. */
  accept: (transaction: Transaction, events: NewEvent[]) => void
}

/** An event about to be stored. `id` is the server's own; `callerId` its sender's, by which repeats are known. */
export type NewEvent = {
  id: string
  callerId: string | undefined
  name: string
  data: JsonObject
  user: JsonObject
  ts: number | undefined
  version: string | undefined
  internal: boolean
}

/** The event a run starts with, as stored. */
export type RunTrigger = { event: JsonObject; eventId: string; callerId: string | undefined }
