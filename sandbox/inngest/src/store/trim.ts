import type { Store } from './store.ts'

/** How much history is kept. Runs under way and their events are never removed. */
export type Retention = {
  maximumAgeMs: number
  maximumRuns: number
  maximumEvents: number
}

export const defaultRetention: Retention = {
  maximumAgeMs: 7 * 24 * 3_600_000,
  maximumRuns: 20_000,
  maximumEvents: 50_000,
}

/** Rows looked at per pass: a pass must never hold up the event loop. */
const batch = 500

/**
 * Removes one batch of the oldest finished runs (with steps and calls) and events that retention does not cover.
 *
 * @returns whether there may be more to remove
 */
export function trim(store: Store, retention: Retention, now: number): boolean {
  const { database } = store
  const oldest = now - retention.maximumAgeMs
  const runs = database
    .prepare(
      `SELECT seq, id FROM runs WHERE status <> 'Running' AND seq <= ?1 AND (ended_at < ?2 OR seq <= ?3)
       ORDER BY seq LIMIT ${batch}`,
    )
    .all(lastSeq(store, 'runs'), oldest, lastSeq(store, 'runs') - retention.maximumRuns)
  const remove = ['steps', 'calls'].map((table) => database.prepare(`DELETE FROM ${table} WHERE run_id = ?`))
  const removeRun = database.prepare('DELETE FROM runs WHERE seq = ?')
  for (const { seq, id } of runs) {
    for (const statement of remove) statement.run(id ?? null)
    removeRun.run(seq ?? null)
  }
  const events = database
    .prepare(
      `DELETE FROM events WHERE seq IN (
         SELECT seq FROM events AS event WHERE (received_at < ?1 OR seq <= ?2)
           AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.event_id = event.id)
         ORDER BY seq LIMIT ${batch})`,
    )
    .run(oldest, lastSeq(store, 'events') - retention.maximumEvents)
  const keys = database
    .prepare(
      `DELETE FROM run_keys WHERE (function_id, key) IN (
         SELECT function_id, key FROM run_keys WHERE expires_at <= ? ORDER BY expires_at LIMIT ${batch})`,
    )
    .run(now)
  return runs.length === batch || Number(events.changes) === batch || Number(keys.changes) === batch
}

function lastSeq(store: Store, table: 'runs' | 'events'): number {
  return Number(store.database.prepare(`SELECT coalesce(max(seq), 0) AS seq FROM ${table}`).get()?.seq)
}
