import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

export const runStatuses = ['Running', 'Completed', 'Failed', 'Cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

export type Run = {
  seq: number
  id: string
  functionId: string
  eventId: string
  status: RunStatus
  startedAt: number
  endedAt: number | null
  /** Canonical JSON of the return value, or of the error when the run failed. */
  output: string | null
  /** Which protocol version the SDK chose in its first reply; -1 before that. */
  requestVersion: number
  /** 1 once the run had parallel steps: from then on the SDK plans steps and never runs them unasked. */
  planOnly: number
}

const columns = `seq, id, function_id AS functionId, event_id AS eventId, status, started_at AS startedAt,
  ended_at AS endedAt, output, request_version AS requestVersion, plan_only AS planOnly`

/** Runs of functions, newest first where a list is asked for. */
export class RunStore {
  readonly #insert
  readonly #byId
  readonly #byEvent
  readonly #finish
  readonly #setVersion
  readonly #setPlanOnly
  readonly #lists

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO runs (id, function_id, event_id, status, started_at, request_version, plan_only)
       VALUES (?, ?, ?, 'Running', ?, -1, 0)`,
    )
    this.#byId = database.prepare(`SELECT ${columns} FROM runs WHERE id = ?`)
    this.#byEvent = database.prepare(`SELECT ${columns} FROM runs WHERE event_id = ? ORDER BY seq`)
    this.#finish = database.prepare('UPDATE runs SET status = ?, ended_at = ?, output = ? WHERE id = ?')
    this.#setVersion = database.prepare('UPDATE runs SET request_version = ? WHERE id = ?')
    this.#setPlanOnly = database.prepare('UPDATE runs SET plan_only = 1 WHERE id = ?')
    const list = (where: string) =>
      database.prepare(`SELECT ${columns} FROM runs WHERE ${where} seq < ? ORDER BY seq DESC LIMIT ?`)
    this.#lists = {
      every: list(''),
      byStatus: list('status = ? AND'),
      byFunction: list('function_id = ? AND'),
      byBoth: list('function_id = ? AND status = ? AND'),
    }
  }

  insert(run: { id: string; functionId: string; eventId: string; startedAt: number }): void {
    this.#insert.run(run.id, run.functionId, run.eventId, run.startedAt)
  }

  find(id: string): Run | undefined {
    return one<Run>(this.#byId, id)
  }

  ofEvent(eventId: string): Run[] {
    return all<Run>(this.#byEvent, eventId)
  }

  /** Newest first, `limit` at most, only those before `beforeSeq`. */
  list(options: { functionId?: string; status?: RunStatus; beforeSeq?: number; limit: number }): Run[] {
    const { functionId, status, limit } = options
    const before = options.beforeSeq ?? Number.MAX_SAFE_INTEGER
    if (functionId !== undefined && status !== undefined) {
      return all<Run>(this.#lists.byBoth, functionId, status, before, limit)
    }
    if (functionId !== undefined) return all<Run>(this.#lists.byFunction, functionId, before, limit)
    if (status !== undefined) return all<Run>(this.#lists.byStatus, status, before, limit)
    return all<Run>(this.#lists.every, before, limit)
  }

  finish(id: string, status: RunStatus, endedAt: number, output: string): void {
    this.#finish.run(status, endedAt, output, id)
  }

  rememberVersion(id: string, version: number): void {
    this.#setVersion.run(version, id)
  }

  rememberPlanOnly(id: string): void {
    this.#setPlanOnly.run(id)
  }
}
