import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { all, one } from './rows.ts'

export const runStatuses = ['Running', 'Completed', 'Failed', 'Cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

export type Run = {
  seq: number
  id: string
  functionId: string
  eventId: string
  eventName: string
  status: RunStatus
  startedAt: number
  endedAt: number | null
  /** Canonical JSON of the return value, or of the error when the run failed. */
  output: string | null
  /** Which protocol version the SDK chose in its first reply; -1 before that. */
  requestVersion: number
  /** 1 once the run had parallel steps: from then on the SDK plans steps and never runs them unasked. */
  planOnly: number
  /** By so many seconds its calls go before others that wait for the same place; negative goes behind. */
  priority: number
}

export type NewRun = Pick<Run, 'id' | 'functionId' | 'eventId' | 'eventName' | 'startedAt' | 'priority'>

/** Which runs a list is about; all of them without any. */
export type RunFilter = { functionId?: string; status?: RunStatus; eventName?: string }

const columns = `seq, id, function_id AS functionId, event_id AS eventId, event_name AS eventName, status,
  started_at AS startedAt, ended_at AS endedAt, output, request_version AS requestVersion, plan_only AS planOnly,
  priority`

/** Runs of functions, newest first where a list is asked for. */
export class RunStore {
  readonly #insert
  readonly #byId
  readonly #byEvent
  readonly #finish
  readonly #setVersion
  readonly #setPlanOnly
  readonly #database
  /** Prepared on first use, one per combination of filters. */
  readonly #lists = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO runs (id, function_id, event_id, event_name, status, started_at, priority, request_version,
         plan_only) VALUES (?, ?, ?, ?, 'Running', ?, ?, -1, 0)`,
    )
    this.#byId = database.prepare(`SELECT ${columns} FROM runs WHERE id = ?`)
    this.#byEvent = database.prepare(`SELECT ${columns} FROM runs WHERE event_id = ? ORDER BY seq`)
    this.#finish = database.prepare('UPDATE runs SET status = ?, ended_at = ?, output = ? WHERE id = ?')
    this.#setVersion = database.prepare('UPDATE runs SET request_version = ? WHERE id = ?')
    this.#setPlanOnly = database.prepare('UPDATE runs SET plan_only = 1 WHERE id = ?')
    this.#database = database
  }

  insert(run: NewRun): void {
    this.#insert.run(run.id, run.functionId, run.eventId, run.eventName, run.startedAt, run.priority)
  }

  find(id: string): Run | undefined {
    return one<Run>(this.#byId, id)
  }

  ofEvent(eventId: string): Run[] {
    return all<Run>(this.#byEvent, eventId)
  }

  /** Newest first, `limit` at most, only those before `beforeSeq`. */
  list({
    functionId,
    status,
    eventName,
    beforeSeq,
    limit,
  }: RunFilter & { beforeSeq?: number; limit: number }) {
    const wanted = { function_id: functionId, status, event_name: eventName }
    const conditions: string[] = []
    const values: string[] = []
    for (const [column, value] of Object.entries(wanted)) {
      if (value === undefined) continue
      conditions.push(`${column} = ? AND`)
      values.push(value)
    }
    return all<Run>(
      this.#listWhere(conditions.join(' ')),
      ...values,
      beforeSeq ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
  }

  #listWhere(where: string): StatementSync {
    const known = this.#lists.get(where)
    if (known) return known
    const sql = `SELECT ${columns} FROM runs WHERE ${where} seq < ? ORDER BY seq DESC LIMIT ?`
    const statement = this.#database.prepare(sql)
    this.#lists.set(where, statement)
    return statement
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
