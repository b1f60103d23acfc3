import type { DatabaseSync } from 'node:sqlite'
import type { Account } from './accounts.ts'
import { expireSession } from './checkout/expire-session.ts'
import { completeRefund, failRefund } from './payments/refund-charge.ts'
import { settleBankDebit } from './payments/settle-bank-debit.ts'
import { createScope, type Scope, type Settings } from './scope.ts'
import { inTransaction } from './store/database.ts'
import { dueTasks, nextTaskAtMs, removeTask, type Task, type TaskKind } from './store/task-store.ts'

const LONGEST_TIMER_MS = 60_000

/** What each kind of task does. Each one leaves things alone that someone has already settled by hand. */
const ACTIONS: Record<TaskKind, (scope: Scope, objectId: string) => void> = {
  expire_session: (scope, id) => {
    const session = scope.objects.find('checkout.session', id)
    if (session?.status === 'open') expireSession(scope, session)
  },
  settle_bank_debit: (scope, id) => {
    const paymentIntent = scope.objects.find('payment_intent', id)
    if (paymentIntent?.status === 'processing') settleBankDebit(scope, id, 'as_planned')
  },
  complete_refund: (scope, id) => completeRefund(scope, id),
  fail_refund: (scope, id) => {
    const refund = scope.objects.find('refund', id)
    if (refund?.status === 'succeeded' || refund?.status === 'pending') failRefund(scope, id)
  },
}

/** Runs what the sandbox does later by itself. The tasks are in the database: a restart goes on with them. */
export class TaskRunner {
  readonly #database: DatabaseSync
  readonly #accounts: Account[]
  readonly #settings: Settings
  readonly #afterChange: () => void
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(database: DatabaseSync, accounts: Account[], settings: Settings, afterChange: () => void) {
    this.#database = database
    this.#accounts = accounts
    this.#settings = settings
    this.#afterChange = afterChange
  }

  /** Does what is due and sets the timer for the next. */
  wake(): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    const due = dueTasks(this.#database, Date.now())
    for (const task of due) this.#run(task)
    if (due.length > 0) this.#afterChange()
    const next = nextTaskAtMs(this.#database)
    if (next === undefined) return
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next - Date.now(), 1), LONGEST_TIMER_MS))
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #run(task: Task): void {
    const account = this.#accounts.find((candidate) => candidate.key === task.account)
    try {
      inTransaction(this.#database, () => {
        removeTask(this.#database, task.id)
        if (account === undefined) return
        ACTIONS[task.kind](createScope(this.#database, account, this.#settings), task.objectId)
      })
    } catch (error) {
      // A task that can't be done must not be tried for ever, nor end the process.
      removeTask(this.#database, task.id)
      const reason = error instanceof Error ? error.message : String(error)
      process.stderr.write(`stripe sandbox: the task ${task.kind} for ${task.objectId} failed: ${reason}\n`)
    }
  }
}
