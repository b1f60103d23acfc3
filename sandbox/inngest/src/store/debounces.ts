import type { DatabaseSync } from 'node:sqlite'
import { one } from './rows.ts'

/** An event that starts a function when no other of its key follows for a while. */
export type Debounce = {
  functionId: string
  key: string
  eventId: string
  /** The latest time for the start, however many events follow; null for no such limit. */
  deadline: number | null
}

/** Events held back by `debounce`; when each starts its run is a job. */
export class DebounceStore {
  readonly #save
  readonly #find
  readonly #delete

  constructor(database: DatabaseSync) {
    this.#save = database.prepare(
      `INSERT INTO debounces (function_id, key, event_id, deadline) VALUES (?, ?, ?, ?)
       ON CONFLICT (function_id, key) DO UPDATE SET event_id = excluded.event_id`,
    )
    this.#find = database.prepare(
      `SELECT function_id AS functionId, key, event_id AS eventId, deadline FROM debounces
       WHERE function_id = ? AND key = ?`,
    )
    this.#delete = database.prepare('DELETE FROM debounces WHERE function_id = ? AND key = ?')
  }

  /** Keeps an event in the place of the one before it; the deadline of the first stays. */
  save({ functionId, key, eventId, deadline }: Debounce): void {
    this.#save.run(functionId, key, eventId, deadline)
  }

  find(functionId: string, key: string): Debounce | undefined {
    return one<Debounce>(this.#find, functionId, key)
  }

  delete(functionId: string, key: string): void {
    this.#delete.run(functionId, key)
  }
}
