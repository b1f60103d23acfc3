import type { DatabaseSync } from 'node:sqlite'
import { all } from './rows.ts'

/** One request to an app, for people to look at. */
export type Call = {
  runId: string
  number: number
  /** `step` for the function itself, or the hash of a planned step. */
  target: string
  /** Names of the steps it reported, or of the step that was asked for. */
  stepName: string
  /** Their ids, separated by spaces. */
  stepIds: string
  /** From 0. */
  attempt: number
  startedAt: number
  endedAt: number
  httpStatus: number | null
  /** In words: `ran`, `planned`, `failed, retry in 31 s` … */
  outcome: string
  /** Error message and stack, if any. */
  detail: string | null
}

/** The log of requests to apps. Nothing is decided by it. */
export class CallStore {
  readonly #insert
  readonly #ofRun

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO calls (run_id, number, target, step_name, attempt, started_at, ended_at, http_status, outcome, detail,
         step_ids)
       VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM calls WHERE run_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
         ?10)`,
    )
    this.#ofRun = database.prepare(
      `SELECT run_id AS runId, number, target, step_name AS stepName, attempt, started_at AS startedAt,
         ended_at AS endedAt, http_status AS httpStatus, outcome, detail, step_ids AS stepIds
       FROM calls WHERE run_id = ? ORDER BY number`,
    )
  }

  insert(call: Omit<Call, 'number'>): void {
    const { runId, target, stepName, stepIds, attempt, startedAt, endedAt, httpStatus, outcome, detail } =
      call
    this.#insert.run(
      runId,
      target,
      stepName,
      attempt,
      startedAt,
      endedAt,
      httpStatus,
      outcome,
      detail,
      stepIds,
    )
  }

  ofRun(runId: string): Call[] {
    return all<Call>(this.#ofRun, runId)
  }
}
