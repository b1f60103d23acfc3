import type { DatabaseSync } from 'node:sqlite'

/** How long a repeat is recognised, by event id or idempotency expression: as on the real server. */
export const runKeyLifetimeMs = 24 * 3_600_000

/** Which keys have started a run lately, per function. */
export class RunKeyStore {
  readonly #claim

  constructor(database: DatabaseSync) {
    this.#claim = database.prepare(
      `INSERT INTO run_keys (function_id, key, run_id, expires_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (function_id, key) DO UPDATE SET run_id = excluded.run_id, expires_at = excluded.expires_at
         WHERE run_keys.expires_at <= ?5 RETURNING run_id`,
    )
  }

  /** Claims a key for a run; false when another run claimed it within its lifetime. */
  claim(functionId: string, key: string, runId: string, now: number): boolean {
    return this.#claim.get(functionId, key, runId, now + runKeyLifetimeMs, now) !== undefined
  }
}
