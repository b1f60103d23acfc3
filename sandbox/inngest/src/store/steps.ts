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
}

const columns = 'run_id AS runId, id, position, op, name, memo, finished_at AS finishedAt'

/** Finished steps: once here, a step is never run again. */
export class StepStore {
  readonly #insert
  readonly #ofRun
  readonly #has

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO steps (run_id, id, position, op, name, memo, finished_at)
       VALUES (?1, ?2, (SELECT count(*) + 1 FROM steps WHERE run_id = ?1), ?3, ?4, ?5, ?6)
       ON CONFLICT (run_id, id) DO NOTHING RETURNING position`,
    )
    this.#ofRun = database.prepare(`SELECT ${columns} FROM steps WHERE run_id = ? ORDER BY position`)
    this.#has = database.prepare('SELECT 1 AS found FROM steps WHERE run_id = ? AND id = ?')
  }

  /** Keeps a result; false when the step has one already, which then stays. */
  insert(step: Omit<Step, 'position'>): boolean {
    const { runId, id, op, name, memo, finishedAt } = step
    return this.#insert.get(runId, id, op, name, memo, finishedAt) !== undefined
  }

  has(runId: string, id: string): boolean {
    return one(this.#has, runId, id) !== undefined
  }

  /** The steps of a run in the order they finished. */
  ofRun(runId: string): Step[] {
    return all<Step>(this.#ofRun, runId)
  }
}
