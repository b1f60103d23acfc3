import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

/** `step`: a step that waits for an event. `cancel`: an event that would end the run. */
export type WaitKind = 'step' | 'cancel'

/** An event a run is interested in. */
export type Wait = {
  runId: string
  /** The SDK's hash of the step, or a name of its own for a cancellation. */
  id: string
  kind: WaitKind
  eventName: string
  expression: string | null
  /**
   * Where in the event the expression wants `matchValue` (canonical JSON), so that an event finds its waits by an index;
   * both are empty when the expression is not of that kind.
   */
  matchPath: string
  matchValue: string
  /** A cancellation is void from then on; a step's end is a job of its own. */
  expiresAt: number | null
}

const columns = `run_id AS runId, id, kind, event_name AS eventName, expression, match_path AS matchPath,
  match_value AS matchValue, expires_at AS expiresAt`

/** What runs under way wait for. */
export class WaitStore {
  readonly #insert
  readonly #nextPath
  readonly #matching
  readonly #delete
  readonly #deleteOfRun

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO waits (run_id, id, kind, event_name, expression, match_path, match_value, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#nextPath = database.prepare(
      'SELECT match_path AS path FROM waits WHERE event_name = ? AND match_path > ? ORDER BY match_path LIMIT 1',
    )
    this.#matching = database.prepare(
      `SELECT ${columns} FROM waits WHERE event_name = ? AND match_path = ? AND match_value = ?`,
    )
    this.#delete = database.prepare('DELETE FROM waits WHERE run_id = ? AND id = ?')
    this.#deleteOfRun = database.prepare('DELETE FROM waits WHERE run_id = ?')
  }

  insert(wait: Wait): void {
    const { runId, id, kind, eventName, expression, matchPath, matchValue, expiresAt } = wait
    this.#insert.run(runId, id, kind, eventName, expression, matchPath, matchValue, expiresAt)
  }

  /**
   * Waits an event of this name may answer. Their number does not grow with the waits for other values: each path that
   * occurs is looked up with the value the event has there.
   *
   * @param valueAt the event's value at a stored `matchPath`
   */
  matching(eventName: string, valueAt: (matchPath: string) => string): Wait[] {
    const found = all<Wait>(this.#matching, eventName, '', '')
    let next = one<{ path: string }>(this.#nextPath, eventName, '')
    while (next) {
      found.push(...all<Wait>(this.#matching, eventName, next.path, valueAt(next.path)))
      next = one<{ path: string }>(this.#nextPath, eventName, next.path)
    }
    return found
  }

  delete(runId: string, id: string): void {
    this.#delete.run(runId, id)
  }

  deleteOfRun(runId: string): void {
    this.#deleteOfRun.run(runId)
  }
}
