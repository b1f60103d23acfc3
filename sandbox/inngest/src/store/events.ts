import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

/** An accepted event. `payload` is canonical JSON, exactly what a function is called with. */
export type StoredEvent = {
  seq: number
  id: string
  name: string
  payload: string
  /** 1 when the server made it: `inngest/function.failed` and the like. */
  internal: number
  receivedAt: number
}

const columns = 'seq, id, name, payload, internal, received_at AS receivedAt'

/** Accepted events, by the id the server gave them. */
export class EventStore {
  readonly #insert
  readonly #byId
  readonly #newest
  readonly #newestByName
  readonly #newestOfApps

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO events (id, name, payload, internal, received_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING RETURNING seq`,
    )
    this.#byId = database.prepare(`SELECT ${columns} FROM events WHERE id = ?`)
    this.#newest = database.prepare(`SELECT ${columns} FROM events WHERE seq < ? ORDER BY seq DESC LIMIT ?`)
    this.#newestByName = database.prepare(
      `SELECT ${columns} FROM events WHERE name = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    )
    this.#newestOfApps = database.prepare(
      `SELECT ${columns} FROM events WHERE internal = 0 ORDER BY seq DESC LIMIT ?`,
    )
  }

  /** Stores an event; false when one with this id is there already (the sender repeated its request). */
  insert(event: Omit<StoredEvent, 'seq'>): boolean {
    return (
      this.#insert.get(event.id, event.name, event.payload, event.internal, event.receivedAt) !== undefined
    )
  }

  find(id: string): StoredEvent | undefined {
    return one<StoredEvent>(this.#byId, id)
  }

  /** What apps sent, newest first, without the server's own events; `limit` at most. */
  listOfApps({ name, limit }: { name?: string; limit: number }): StoredEvent[] {
    if (name === undefined) return all<StoredEvent>(this.#newestOfApps, limit)
    return this.list({ name, limit }).filter(({ internal }) => internal === 0)
  }

  /** Newest first, `limit` at most, only those before `beforeSeq`. */
  list(options: { name?: string; beforeSeq?: number; limit: number }): StoredEvent[] {
    const before = options.beforeSeq ?? Number.MAX_SAFE_INTEGER
    return options.name === undefined
      ? all<StoredEvent>(this.#newest, before, options.limit)
      : all<StoredEvent>(this.#newestByName, options.name, before, options.limit)
  }
}
