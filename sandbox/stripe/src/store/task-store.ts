import type { DatabaseSync } from 'node:sqlite'

/** What the sandbox does later by itself. */
export type TaskKind = 'expire_session' | 'settle_bank_debit' | 'fail_refund' | 'complete_refund'

export interface Task {
  id: number
  account: string
  kind: TaskKind
  objectId: string
}

/** The timers of one account, kept in the database so that a restart goes on with them. */
export class TaskStore {
  readonly #database: DatabaseSync
  readonly #account: string

  constructor(database: DatabaseSync, accountKey: string) {
    this.#database = database
    this.#account = accountKey
  }

  schedule(kind: TaskKind, objectId: string, dueAtMs: number): void {
    this.#database
      .prepare('insert or replace into tasks (account, kind, object_id, due_at_ms) values (?, ?, ?, ?)')
      .run(this.#account, kind, objectId, dueAtMs)
  }

  cancel(kind: TaskKind, objectId: string): void {
    this.#database
      .prepare('delete from tasks where account = ? and kind = ? and object_id = ?')
      .run(this.#account, kind, objectId)
  }
}

/** The tasks of all accounts that are due, oldest first. */
export function dueTasks(database: DatabaseSync, nowMs: number): Task[] {
  return database
    .prepare(
      'select id, account, kind, object_id from tasks where due_at_ms <= ? order by due_at_ms, id limit 100',
    )
    .all(nowMs)
    .map((row) => ({
      id: Number(row.id),
      account: String(row.account),
      // Only `schedule` writes this column.
      kind: String(row.kind) as TaskKind,
      objectId: String(row.object_id),
    }))
}

export function removeTask(database: DatabaseSync, id: number): void {
  database.prepare('delete from tasks where id = ?').run(id)
}

export function nextTaskAtMs(database: DatabaseSync): number | undefined {
  const row = database.prepare('select min(due_at_ms) as due from tasks').get()
  return typeof row?.due === 'number' ? row.due : undefined
}
