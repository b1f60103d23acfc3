import type { DatabaseSync } from 'node:sqlite'
import type { QueuedJob } from '../store/jobs.ts'
import { one } from '../store/rows.ts'
import { Heap } from './heap.ts'
import { goesBefore, type Slot, type Waiting } from './waiting.ts'

type Line = { near: Heap<Waiting>; farCount: number }

/**
 * The lines of jobs before full slots. So many are in memory, over all lines; the others are in a file that nobody but
 * this process sees and that is gone with it: all of them are in the database too.
 */
export class Lines {
  readonly #maximum: number
  readonly #lines = new Map<string, Line>()
  #inMemory = 0
  #far: FarLines | undefined

  constructor(maximum: number) {
    this.#maximum = maximum
  }

  /** How many are in memory. */
  get size(): number {
    return this.#inMemory
  }

  /** Puts a job in the line of a slot. */
  join(slot: string, waiting: Waiting): void {
    const line = this.#lines.get(slot) ?? { near: new Heap<Waiting>(goesBefore), farCount: 0 }
    this.#lines.set(slot, line)
    if (this.#inMemory < this.#maximum) {
      line.near.push(waiting)
      this.#inMemory++
    } else {
      this.#far ??= new FarLines()
      line.farCount += this.#far.join(slot, waiting)
    }
  }

  /** Takes the first of a line. */
  take(slot: string): Waiting | undefined {
    const line = this.#lines.get(slot)
    if (!line) return undefined
    const near = line.near.peek()
    const far = line.farCount > 0 ? this.#far?.first(slot) : undefined
    const first = near && far ? (goesBefore(near, far) ? near : far) : (near ?? far)
    if (first !== undefined && first === near) {
      line.near.pop()
      this.#inMemory--
    } else if (first !== undefined) {
      this.#far?.leave(slot, first)
      line.farCount--
    }
    if (line.near.size === 0 && line.farCount === 0) this.#lines.delete(slot)
    return first
  }

  close(): void {
    this.#far?.close()
    this.#far = undefined
  }
}

type Row = {
  rank: number
  seq: number
  dueAt: number
  kind: QueuedJob['kind']
  functionId: string
  slots: string
}

/** The part of the lines that is not in memory. */
class FarLines {
  readonly #database: DatabaseSync
  readonly #join
  readonly #first
  readonly #leave

  constructor() {
    const sqlite = process.getBuiltinModule('node:sqlite')
    // Without a name, a file that is deleted as soon as it is opened: a crash leaves nothing behind.
    this.#database = new sqlite.DatabaseSync('')
    this.#database.exec(`
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -2000;
      CREATE TABLE waiting (
        slot TEXT NOT NULL, rank INTEGER NOT NULL, seq INTEGER NOT NULL, due_at INTEGER NOT NULL, kind TEXT NOT NULL,
        function_id TEXT NOT NULL, slots TEXT NOT NULL, PRIMARY KEY (slot, rank, seq)
      ) STRICT, WITHOUT ROWID;
    `)
    this.#join = this.#database.prepare('INSERT OR IGNORE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.#first = this.#database.prepare(
      `SELECT rank, seq, due_at AS dueAt, kind, function_id AS functionId, slots FROM waiting WHERE slot = ?
       ORDER BY rank, seq LIMIT 1`,
    )
    this.#leave = this.#database.prepare('DELETE FROM waiting WHERE slot = ? AND rank = ? AND seq = ?')
  }

  /** How many are in line more than before: none when it stands there already. */
  join(slot: string, { job, slots, rank }: Waiting): number {
    const { seq, dueAt, kind, functionId } = job
    return Number(this.#join.run(slot, rank, seq, dueAt, kind, functionId, JSON.stringify(slots)).changes)
  }

  first(slot: string): Waiting | undefined {
    const row = one<Row>(this.#first, slot)
    if (!row) return undefined
    const { rank, seq, dueAt, kind, functionId } = row
    const slots: Slot[] = JSON.parse(row.slots)
    return { job: { seq, dueAt, kind, functionId }, slots, rank }
  }

  leave(slot: string, { job, rank }: Waiting): void {
    this.#leave.run(slot, rank, job.seq)
  }

  close(): void {
    this.#database.close()
  }
}
