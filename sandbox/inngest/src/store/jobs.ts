import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

/**
 * `call`: ask the app to go on. `sleep`: a step that is finished when the time comes. `wait`, `invoke`: a step that is
 * given up when the time comes. `start`: let a run begin that `throttle` has to admit. `debounce`: start a run with the
 * last event that came; it has no run yet, and its target is the debounce's key.
 */
export type JobKind = 'call' | 'sleep' | 'wait' | 'invoke' | 'start' | 'debounce'

/** The target of a call to the function itself, as opposed to one planned step. */
export const wholeFunction = 'step'

/** Something to do for a run at a time. A run has at most one job per target. */
export type Job = {
  seq: number
  runId: string
  functionId: string
  kind: JobKind
  /** `step`, or the hash of a planned step or a sleep. */
  target: string
  /** The step's name for people; empty for the function itself. */
  name: string
  /** Failed attempts so far. */
  attempt: number
  dueAt: number
  /** 1 when another step finished while the function was being called: call it once more. */
  again: number
  /** What the step was asked with, as JSON, for people; null for nothing. */
  input: string | null
  createdAt: number
}

export type NewJob = Omit<Job, 'seq' | 'attempt' | 'again'>

/** What the queue keeps of a job in memory; the rest is on disk. */
export type QueuedJob = Pick<Job, 'seq' | 'dueAt' | 'kind' | 'functionId'>

const columns = `seq, run_id AS runId, function_id AS functionId, kind, target, name, attempt, due_at AS dueAt, again,
  input, created_at AS createdAt`

/** What is still to be done, on disk. What is being done right now only the queue knows. */
export class JobStore {
  readonly #insert
  readonly #bySeq
  readonly #byTarget
  readonly #due
  readonly #ofRun
  readonly #delete
  readonly #deleteOfRun
  readonly #retry
  readonly #restart
  readonly #setAgain
  readonly #reschedule

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO jobs (run_id, function_id, kind, target, name, attempt, due_at, again, input, created_at)
       VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?, ?) RETURNING ${columns}`,
    )
    this.#bySeq = database.prepare(`SELECT ${columns} FROM jobs WHERE seq = ?`)
    this.#byTarget = database.prepare(`SELECT ${columns} FROM jobs WHERE run_id = ? AND target = ?`)
    this.#due = database.prepare(
      `SELECT seq, due_at AS dueAt, kind, function_id AS functionId FROM jobs
       WHERE (due_at, seq) > (?, ?) AND due_at <= ? ORDER BY due_at, seq LIMIT ?`,
    )
    this.#ofRun = database.prepare(`SELECT ${columns} FROM jobs WHERE run_id = ? ORDER BY seq`)
    this.#delete = database.prepare('DELETE FROM jobs WHERE seq = ?')
    this.#deleteOfRun = database.prepare('DELETE FROM jobs WHERE run_id = ?')
    this.#retry = database.prepare(
      `UPDATE jobs SET attempt = attempt + 1, due_at = ?, again = 0 WHERE seq = ? RETURNING ${columns}`,
    )
    this.#restart = database.prepare(
      `UPDATE jobs SET attempt = 0, due_at = ?, again = 0 WHERE seq = ? RETURNING ${columns}`,
    )
    this.#setAgain = database.prepare('UPDATE jobs SET again = 1 WHERE seq = ?')
    this.#reschedule = database.prepare(
      `UPDATE jobs SET kind = ?, due_at = ? WHERE seq = ? RETURNING ${columns}`,
    )
  }

  insert(job: NewJob): Job {
    const stored = one<Job>(
      this.#insert,
      job.runId,
      job.functionId,
      job.kind,
      job.target,
      job.name,
      job.dueAt,
      job.input,
      job.createdAt,
    )
    if (!stored) throw new Error('INSERT … RETURNING gave no row')
    return stored
  }

  find(seq: number): Job | undefined {
    return one<Job>(this.#bySeq, seq)
  }

  findByTarget(runId: string, target: string): Job | undefined {
    return one<Job>(this.#byTarget, runId, target)
  }

  /** The next jobs behind `after` that are due by `until`, earliest first, `limit` at most. */
  dueAfter(after: Pick<Job, 'dueAt' | 'seq'>, until: number, limit: number): QueuedJob[] {
    return all(this.#due, after.dueAt, after.seq, until, limit)
  }

  ofRun(runId: string): Job[] {
    return all<Job>(this.#ofRun, runId)
  }

  delete(seq: number): void {
    this.#delete.run(seq)
  }

  deleteOfRun(runId: string): void {
    this.#deleteOfRun.run(runId)
  }

  /** Counts a failed attempt and puts the job off; undefined when it is gone. */
  retry(seq: number, dueAt: number): Job | undefined {
    return one<Job>(this.#retry, dueAt, seq)
  }

  /** Makes the job due with no failed attempts, as after a finished step. */
  restart(seq: number, dueAt: number): Job | undefined {
    return one<Job>(this.#restart, dueAt, seq)
  }

  /** Gives a job another time, and maybe another kind; undefined when it is gone. */
  reschedule(seq: number, kind: JobKind, dueAt: number): Job | undefined {
    return one<Job>(this.#reschedule, kind, dueAt, seq)
  }

  markAgain(seq: number): void {
    this.#setAgain.run(seq)
  }
}
