import type { DatabaseSync } from 'node:sqlite'
import { one } from './rows.ts'

/** A step that waits for the run of a function it invoked. */
export type Invocation = {
  /** The event made for it: with the function, it tells the invoked run. */
  eventId: string
  functionId: string
  /** The run that waits, and its step. */
  runId: string
  stepId: string
}

const columns = 'event_id AS eventId, function_id AS functionId, run_id AS runId, step_id AS stepId'

/** Which steps wait for which invoked runs. */
export class InvocationStore {
  readonly #insert
  readonly #byEvent
  readonly #delete
  readonly #deleteOfRun

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO invocations (event_id, function_id, run_id, step_id) VALUES (?, ?, ?, ?)',
    )
    this.#byEvent = database.prepare(
      `SELECT ${columns} FROM invocations WHERE event_id = ? AND function_id = ?`,
    )
    this.#delete = database.prepare('DELETE FROM invocations WHERE run_id = ? AND step_id = ?')
    this.#deleteOfRun = database.prepare('DELETE FROM invocations WHERE run_id = ?')
  }

  insert(invocation: Invocation): void {
    const { eventId, functionId, runId, stepId } = invocation
    this.#insert.run(eventId, functionId, runId, stepId)
  }

  /** The step that waits for a function's run started by an event. */
  find(eventId: string, functionId: string): Invocation | undefined {
    return one<Invocation>(this.#byEvent, eventId, functionId)
  }

  delete(runId: string, stepId: string): void {
    this.#delete.run(runId, stepId)
  }

  deleteOfRun(runId: string): void {
    this.#deleteOfRun.run(runId)
  }
}
