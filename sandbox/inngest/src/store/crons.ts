import type { DatabaseSync } from 'node:sqlite'
import { all } from './rows.ts'

export type CronRow = { functionId: string; expression: string; nextAt: number }

/** When each cron is due next. On disk, so that a restart neither doubles nor drops a tick. */
export class CronStore {
  readonly #all
  readonly #add
  readonly #advance
  readonly #remove

  constructor(database: DatabaseSync) {
    this.#all = database.prepare(
      'SELECT function_id AS functionId, expression, next_at AS nextAt FROM crons ORDER BY next_at',
    )
    this.#add = database.prepare(
      'INSERT INTO crons (function_id, expression, next_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    this.#advance = database.prepare('UPDATE crons SET next_at = ? WHERE function_id = ? AND expression = ?')
    this.#remove = database.prepare('DELETE FROM crons WHERE function_id = ? AND expression = ?')
  }

  all(): CronRow[] {
    return all<CronRow>(this.#all)
  }

  /** Adds a cron; one that is there already keeps its next tick. */
  add(row: CronRow): void {
    this.#add.run(row.functionId, row.expression, row.nextAt)
  }

  advance(row: CronRow, nextAt: number): void {
    this.#advance.run(nextAt, row.functionId, row.expression)
  }

  remove(row: CronRow): void {
    this.#remove.run(row.functionId, row.expression)
  }
}
