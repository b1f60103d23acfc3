import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

/** A finished step. `memo` is the canonical JSON the SDK gets to see in later calls. */
export type Step = {
  runId: string
  /** The SDK's hash of the step's id. */
  id: string
  /** In which order steps finished, from 1. */
  position: number
  op: string
  name: string
  memo: string
  finishedAt: number
  /** When it was first heard of; null when it was finished at once. */
  startedAt: number | null
  /** What it was asked with, as JSON, for people; null for nothing. */
  input: string | null
}

const columns = `run_id AS runId, id, position, op, name, memo, finished_at AS finishedAt, started_at AS startedAt,
  input`

/** Finished steps: once here, a step is never run again. */
export class StepStore {
  readonly #insert
  readonly #ofRun
  readonly #has

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO steps (run_id, id, position, op, name, memo, finished_at, started_at, input)
       VALUES (?1, ?2, (SELECT count(*) + 1 FROM steps WHERE run_id = ?1), ?3, ?4, ?5, ?6, ?7, ?8)
       ON CONFLICT (run_id, id) DO NOTHING RETURNING position`,
    )
    this.#ofRun = database.prepare(`SELECT ${columns} FROM steps WHERE run_id = ? ORDER BY position`)
    this.#has = database.prepare('SELECT 1 AS found FROM steps WHERE run_id = ? AND id = ?')
  }

  /** Keeps a result; false when the step has one already, which then stays. */
  insert(step: Omit<Step, 'position'>): boolean {
    const { runId, id, op, name, memo, finishedAt, startedAt, input } = step
    return this.#insert.get(runId, id, op, name, memo, finishedAt, startedAt, input) !== undefined
  }

  has(runId: string, id: string): boolean {
    return one(this.#has, runId, id) !== undefined
  }

  /** The steps of a run in the order they finished. */
  ofRun(runId: string): Step[] {
    return all<Step>(this.#ofRun, runId)
  }
}
