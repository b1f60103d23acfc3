import type { DatabaseSync } from 'node:sqlite'
import type { Store } from './store.ts'

/** How much history is kept. Runs under way and their events are never removed. */
export type Retention = {
  maximumAgeMs: number
  maximumRuns: number
  maximumEvents: number
  /** Of the database: beyond it the oldest go, however young and few. */
  maximumBytes: number
}

export const defaultRetention: Retention = {
  maximumAgeMs: 7 * 24 * 3_600_000,
  maximumRuns: 20_000,
  maximumEvents: 50_000,
  maximumBytes: 1024 ** 3,
}

/** Rows removed per pass: a pass must never hold up the event loop. */
const batch = 500

/**
 * Removes one batch of the oldest finished runs (with steps and calls) and events that retention does not cover. What a
 * pass costs depends on what there is to remove, not on what is kept.
 *
 * @returns whether there may be more to remove
 */
export function trim(store: Store, retention: Retention, now: number): boolean {
  const { database } = store
  const oldest = now - retention.maximumAgeMs
  const tooLarge = usedBytes(database) > retention.maximumBytes
  const runs = removeRuns(database, { oldest, maximum: retention.maximumRuns, tooLarge })
  const events = removeEvents(database, { oldest, maximum: retention.maximumEvents, tooLarge })
  const keys = database
    .prepare(
      `DELETE FROM run_keys WHERE (function_id, key) IN (
         SELECT function_id, key FROM run_keys WHERE expires_at <= ? ORDER BY expires_at LIMIT ${batch})`,
    )
    .run(now)
  database.prepare('DELETE FROM throttles WHERE free_at <= ?').run(now)
  return runs === batch || events === batch || Number(keys.changes) === batch
}

type Bounds = { oldest: number; maximum: number; tooLarge: boolean }

function removeRuns(database: DatabaseSync, { oldest, maximum, tooLarge }: Bounds): number {
  const surplus = surplusUntil(database, 'runs', maximum, tooLarge)
  const aged = lastBefore(database, 'runs', 'started_at', oldest)
  const runs = database
    .prepare(
      `SELECT seq, id FROM runs WHERE status <> 'Running' AND seq <= ?1 AND (ended_at < ?2 OR seq <= ?3)
       ORDER BY seq LIMIT ${batch}`,
    )
    .all(Math.max(surplus, aged), oldest, surplus)
  const remove = ['steps', 'calls'].map((table) => database.prepare(`DELETE FROM ${table} WHERE run_id = ?`))
  const removeRun = database.prepare('DELETE FROM runs WHERE seq = ?')
  for (const { seq, id } of runs) {
    for (const statement of remove) statement.run(id ?? null)
    removeRun.run(seq ?? null)
  }
  return runs.length
}

function removeEvents(database: DatabaseSync, { oldest, maximum, tooLarge }: Bounds): number {
  const surplus = surplusUntil(database, 'events', maximum, tooLarge)
  const aged = lastBefore(database, 'events', 'received_at', oldest)
  const { changes } = database
    .prepare(
      `DELETE FROM events WHERE seq IN (
         SELECT seq FROM events AS event WHERE seq <= ?
           AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.event_id = event.id)
           AND NOT EXISTS (SELECT 1 FROM debounces WHERE debounces.event_id = event.id)
         ORDER BY seq LIMIT ${batch})`,
    )
    .run(Math.max(surplus, aged))
  return Number(changes)
}

/** The last row that is one too many; 0 when there is none. */
function surplusUntil(
  database: DatabaseSync,
  table: 'runs' | 'events',
  maximum: number,
  tooLarge: boolean,
): number {
  const { first, last } = bounds(database, table)
  // A few at a time: the space shows only when they are gone.
  return Math.max(last - maximum, tooLarge ? first + batch - 1 : 0)
}

/**
 * The last row from before a time; 0 when there is none. Rows are written in the order of time, so it is found by
 * halving, without an index to keep.
 */
function lastBefore(
  database: DatabaseSync,
  table: 'runs' | 'events',
  column: 'started_at' | 'received_at',
  time: number,
): number {
  const at = database.prepare(
    `SELECT seq, ${column} AS time FROM ${table} WHERE seq >= ? ORDER BY seq LIMIT 1`,
  )
  let { first: low, last: high } = bounds(database, table)
  let found = 0
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const row = at.get(middle)
    if (row === undefined || Number(row.time) >= time) high = middle - 1
    else {
      found = Number(row.seq)
      low = found + 1
    }
  }
  return found
}

function bounds(database: DatabaseSync, table: 'runs' | 'events'): { first: number; last: number } {
  const row = database
    .prepare(`SELECT (SELECT min(seq) FROM ${table}) AS first, (SELECT max(seq) FROM ${table}) AS last`)
    .get()
  return { first: Number(row?.first ?? 1), last: Number(row?.last ?? 0) }
}

function usedBytes(database: DatabaseSync): number {
  const pragma = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}
