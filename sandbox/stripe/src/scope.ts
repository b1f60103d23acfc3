import type { DatabaseSync } from 'node:sqlite'
import type { Account } from './accounts.ts'
import { ObjectStore } from './store/object-store.ts'
import { TaskStore } from './store/task-store.ts'
import type { Endpoint } from './webhooks/endpoints.ts'
import { endpointsOf } from './webhooks/endpoints.ts'
import { recordEvent } from './webhooks/record-event.ts'

export interface Settings {
  /** Where browsers find the sandbox, without a slash at the end: the base of every Checkout address. */
  publicUrl: string
  /** How long a bank debit stays "processing" before it settles by itself, in milliseconds. */
  bankDebitDelayMs: number
  /** The first attempt of each webhook waits a random time up to this, in milliseconds, so that order is not promised. */
  shuffleMs: number
}

/** The API call that caused an event, for `event.request`. Pages and timers have none. */
export interface Cause {
  requestId: string | null
  idempotencyKey: string | null
}

/** Everything a verb may touch: one account, inside one transaction. */
export interface Scope {
  account: Account
  endpoints: Endpoint[]
  objects: ObjectStore
  tasks: TaskStore
  settings: Settings
  database: DatabaseSync
  cause: Cause
  /** Unix time in seconds, as in every `created`. */
  now(): number
  /**
   * Records an event with a snapshot of the object, and one delivery per endpoint that wants it.
   * `previous` is the object before the change; the fields that differ become `previous_attributes`.
   */
  emit(type: string, object: { id: string }, previous?: object): void
}

export function createScope(
  database: DatabaseSync,
  account: Account,
  settings: Settings,
  cause: Cause = { requestId: null, idempotencyKey: null },
): Scope {
  const scope: Scope = {
    account,
    endpoints: endpointsOf(account),
    objects: new ObjectStore(database, account.key),
    tasks: new TaskStore(database, account.key),
    settings,
    database,
    cause,
    now: () => Math.floor(Date.now() / 1000),
    emit: (type, object, previous) => recordEvent(scope, type, object, previous),
  }
  return scope
}
