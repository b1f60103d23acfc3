import type { DatabaseSync } from 'node:sqlite'
import { all } from './rows.ts'
import type { Run } from './runs.ts'
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

/** Rows looked at in a pass at least; it must never hold up the event loop. */
const leastRows = 500

/**
 * Removes the oldest finished runs (with steps and calls) and events that retention does not cover, a bite at a time.
 * What a pass costs depends on the size of the bite, not on what is kept: it goes on where the last one ended, past
 * runs that are still under way.
 */
export class Trimmer {
  readonly #store: Store
  readonly #retention: Retention
  /** Where the next pass goes on in each table. */
  readonly #after = { runs: 0, events: 0 }
  readonly #removeRun
  readonly #removeEvent
  readonly #removeKeys
  readonly #removeThrottles

  constructor(store: Store, retention: Retention) {
    this.#store = store
    this.#retention = retention
    const { database } = store
    this.#removeRun = [
      'DELETE FROM steps WHERE run_id = ?',
      'DELETE FROM calls WHERE run_id = ?',
      'DELETE FROM runs WHERE id = ?',
    ].map((sql) => database.prepare(sql))
    this.#removeEvent = database.prepare(
      `DELETE FROM events WHERE seq = ?1
         AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.event_id = events.id)
         AND NOT EXISTS (SELECT 1 FROM debounces WHERE debounces.event_id = events.id)`,
    )
    this.#removeKeys = database.prepare(
      `DELETE FROM run_keys WHERE (function_id, key) IN (
         SELECT function_id, key FROM run_keys WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
    )
    this.#removeThrottles = database.prepare(
      `DELETE FROM throttles WHERE (function_id, key) IN (
         SELECT function_id, key FROM throttles WHERE free_at <= ? ORDER BY free_at LIMIT ?)`,
    )
  }

  /**
   * Takes one bite.
   *
   * @param rows how many rows of each table to look at
   * @returns false when it came to the end of what there is to look at; the next pass starts over
   */
  pass(now: number, rows = leastRows): boolean {
    const limit = Math.max(rows, leastRows)
    const { database } = this.#store
    const tooLarge = usedBytes(database) > this.#retention.maximumBytes
    const more = [
      this.#trimRuns(now, limit, tooLarge),
      this.#trimEvents(now, limit, tooLarge),
      this.#removeKeys.run(now, limit).changes === limit,
      this.#removeThrottles.run(now, limit).changes === limit,
    ]
    return more.includes(true)
  }

  #trimRuns(now: number, limit: number, tooLarge: boolean): boolean {
    const oldest = now - this.#retention.maximumAgeMs
    const { database } = this.#store
    const surplus = surplusUntil(database, 'runs', this.#retention.maximumRuns, tooLarge)
    const until = Math.max(surplus, lastBefore(database, 'runs', 'started_at', oldest))
    const runs = all<Pick<Run, 'seq' | 'id' | 'status' | 'endedAt'>>(
      database.prepare(
        'SELECT seq, id, status, ended_at AS endedAt FROM runs WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      ),
      this.#after.runs,
      until,
      limit,
    )
    for (const { seq, id, status, endedAt } of runs) {
      if (status === 'Running' || (seq > surplus && (endedAt ?? now) >= oldest)) continue
      for (const statement of this.#removeRun) statement.run(id)
    }
    this.#after.runs = runs.length < limit ? 0 : (runs.at(-1)?.seq ?? 0)
    return runs.length === limit
  }

  #trimEvents(now: number, limit: number, tooLarge: boolean): boolean {
    const { database } = this.#store
    const surplus = surplusUntil(database, 'events', this.#retention.maximumEvents, tooLarge)
    const oldest = now - this.#retention.maximumAgeMs
    const until = Math.max(surplus, lastBefore(database, 'events', 'received_at', oldest))
    const events = all<{ seq: number }>(
      database.prepare('SELECT seq FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
      this.#after.events,
      until,
      limit,
    )
    for (const { seq } of events) this.#removeEvent.run(seq)
    this.#after.events = events.length < limit ? 0 : (events.at(-1)?.seq ?? 0)
    return events.length === limit
  }
}

/** The last row that is one too many; 0 when there is none. In a database that is too large, every row is. */
function surplusUntil(
  database: DatabaseSync,
  table: 'runs' | 'events',
  maximum: number,
  tooLarge: boolean,
): number {
  const { last } = bounds(database, table)
  return tooLarge ? last : last - maximum
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
