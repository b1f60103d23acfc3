import type { DatabaseSync } from 'node:sqlite'
import { one } from './rows.ts'

/** How far `throttle` has given away starts, per function and key. */
export class ThrottleStore {
  readonly #find
  readonly #save

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT free_at AS freeAt FROM throttles WHERE function_id = ? AND key = ?')
    this.#save = database.prepare(
      `INSERT INTO throttles (function_id, key, free_at) VALUES (?, ?, ?)
       ON CONFLICT (function_id, key) DO UPDATE SET free_at = excluded.free_at`,
    )
  }

  /** When everything given away so far is used up; undefined when nothing is known. */
  freeAt(functionId: string, key: string): number | undefined {
    return one<{ freeAt: number }>(this.#find, functionId, key)?.freeAt
  }

  save(functionId: string, key: string, freeAt: number): void {
    this.#save.run(functionId, key, freeAt)
  }
}
