import { Cron } from 'croner'
import type { RegisteredFunction } from '../apps/registry.ts'
import type { ExecutorContext } from '../executor/context.ts'
import { startRun } from '../executor/start-run.ts'
import { canonicalJson, type JsonObject } from '../protocol/canonical-json.ts'
import { splitCron } from '../protocol/parse-registration.ts'
import { newUlid } from '../protocol/ulid.ts'
import type { CronRow } from '../store/crons.ts'
import type { Transaction } from '../store/transactions.ts'

const eventName = 'inngest/scheduled.timer'
/** Node's timers overflow beyond this; a longer wait is cut into pieces. */
const maximumTimerMs = 2 ** 31 - 1

/**
 * Starts runs by the clock. The next tick of each cron is on disk: a restart doubles none, and a tick missed while the
 * server was down is made up for once.
 */
export class CronScheduler {
  readonly #context: ExecutorContext
  readonly #onError: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(context: ExecutorContext, onError: (error: unknown) => void) {
    this.#context = context
    this.#onError = onError
  }

  /** Takes over the crons of the functions now registered, and sets the timer. */
  async synchronise(): Promise<void> {
    const { store, registry, clock } = this.#context
    const wanted = new Map<string, CronRow>()
    for (const { config } of registry.active()) {
      for (const trigger of config.triggers) {
        if (!('cron' in trigger)) continue
        const nextAt = nextTick(trigger.cron, clock.now())
        if (nextAt === undefined) continue
        const row = { functionId: config.id, expression: trigger.cron, nextAt }
        wanted.set(keyOf(row), row)
      }
    }
    const present = new Map(store.crons.all().map((row) => [keyOf(row), row]))
    const added = [...wanted].filter(([key]) => !present.has(key))
    const removed = [...present].filter(([key]) => !wanted.has(key))
    if (added.length + removed.length > 0) {
      await store.transactions.run(() => {
        for (const [, row] of removed) store.crons.remove(row)
        for (const [, row] of added) store.crons.add(row)
      })
    }
    this.#setTimer()
  }

  /** Looks at the clock again, which was moved. */
  async wake(): Promise<void> {
    await this.#fireDue()
    this.#setTimer()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    const next = this.#context.store.crons.all()[0]?.nextAt
    if (next === undefined) return
    const wait = Math.min(Math.max(next - this.#context.clock.now(), 1), maximumTimerMs)
    this.#timer = setTimeout(() => {
      this.#fireDue()
        .catch(this.#onError)
        .finally(() => this.#setTimer())
    }, wait)
  }

  async #fireDue(): Promise<void> {
    const { store, registry, clock } = this.#context
    const now = clock.now()
    const due = store.crons.all().filter((row) => row.nextAt <= now)
    if (due.length === 0) return
    await store.transactions.run((transaction) => {
      for (const row of due) {
        const target = registry.find(row.functionId)
        if (target?.active) this.#fire(transaction, target, row, now)
        const nextAt = nextTick(row.expression, now)
        if (nextAt === undefined) store.crons.remove(row)
        else store.crons.advance(row, nextAt)
      }
    })
  }

  #fire(transaction: Transaction, target: RegisteredFunction, row: CronRow, now: number): void {
    const id = newUlid(now)
    const tick = new Date(row.nextAt).toISOString().replace('.000Z', 'Z')
    const event: JsonObject = {
      data: { cron: row.expression, fireAt: tick, scheduledAt: new Date(now).toISOString() },
      id: tick,
      name: eventName,
      ts: now,
      user: {},
    }
    this.#context.store.events.insert({
      id,
      name: eventName,
      payload: canonicalJson(event),
      internal: 1,
      receivedAt: now,
    })
    const callerId = `${row.expression} at ${tick}`
    startRun(this.#context, transaction, target, { event, eventId: id, callerId })
  }
}

/** The first tick after `now`, in milliseconds; undefined when there is none. */
export function nextTick(cron: string, now: number): number | undefined {
  const { pattern, timezone } = splitCron(cron)
  const schedule = new Cron(pattern, { paused: true, mode: '5-part', timezone: timezone ?? 'UTC' })
  return schedule.nextRun(new Date(now))?.getTime()
}

function keyOf(row: CronRow): string {
  return `${row.functionId} ${row.expression}`
}
