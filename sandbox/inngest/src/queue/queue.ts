import type { Clock } from '../clock.ts'
import type { Job, JobStore } from '../store/jobs.ts'
import { Heap } from './heap.ts'

/** A place that only `limit` calls may take at once. */
export type Slot = { name: string; limit: number }

export type QueueOptions = {
  jobs: JobStore
  clock: Clock
  /** Which slots a job needs; asked once, when it is due. */
  slotsOf: (job: Job) => Slot[]
  /** Does a job. Whatever it leaves on disk comes back through `add`. */
  execute: (job: Job) => Promise<void>
  onError: (error: unknown) => void
}

type Waiting = { job: Job; slots: Slot[] }

/** Jobs due later than this stay on disk alone: sleeping runs cost no memory. */
const horizonMs = 60_000
/** Calls under way at once, over all functions. */
const maximumInFlight = 256
/** How long to wait after a fault of the server's own before the job is tried again. */
const faultPauseMs = 5000
/** Longer timers would overflow; the horizon is shorter anyway. */
const maximumTimerMs = 2 ** 31 - 1

/**
 * Decides when each job is done: at its time, first come first served, within the limits of its slots.
 * Holds what is due within the horizon in memory; there is no polling, so a due job starts at once.
 */
export class Queue {
  readonly #options: QueueOptions
  readonly #soon = new Heap<Job>((one, other) =>
    one.dueAt === other.dueAt ? one.seq < other.seq : one.dueAt < other.dueAt,
  )
  /** Jobs held up by a full slot, by that slot's name. */
  readonly #held = new Map<string, Waiting[]>()
  readonly #taken = new Map<string, number>()
  readonly #inFlight = new Map<number, Promise<void>>()
  /** Jobs that became due again while they were still being done. */
  readonly #next = new Map<number, Waiting>()
  #horizon = -1
  #timer: NodeJS.Timeout | undefined
  #running = false

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Loads what is due soon from disk and begins. */
  start(): void {
    this.#running = true
    this.#extendHorizon()
    this.#pump()
  }

  /** Begins nothing new, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#running = false
    clearTimeout(this.#timer)
    await Promise.allSettled(this.#inFlight.values())
  }

  /** Takes a job that was just written to disk. */
  add(job: Job): void {
    if (!this.#running) return
    if (job.dueAt <= this.#horizon) this.#soon.push(job)
    // Also for a job beyond the horizon: after a jump of the clock it may be due all the same.
    this.#pump()
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  #extendHorizon(): void {
    const horizon = this.#options.clock.now() + horizonMs
    for (const job of this.#options.jobs.dueBetween(this.#horizon, horizon)) this.#soon.push(job)
    this.#horizon = horizon
  }

  #pump(): void {
    if (!this.#running) return
    const now = this.#options.clock.now()
    // Half way through, so that nothing due shortly is found on disk only after its time.
    if (now > this.#horizon - horizonMs / 2) this.#extendHorizon()
    for (let job = this.#soon.peek(); job && job.dueAt <= now; job = this.#soon.peek()) {
      if (this.#inFlight.size >= maximumInFlight) break
      this.#soon.pop()
      this.#begin({ job, slots: this.#options.slotsOf(job) })
    }
    this.#setTimer(now)
  }

  #setTimer(now: number): void {
    clearTimeout(this.#timer)
    if (this.#inFlight.size >= maximumInFlight) return
    const next = Math.min(
      this.#soon.peek()?.dueAt ?? Number.POSITIVE_INFINITY,
      this.#horizon - horizonMs / 2 + 1,
    )
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.max(next - now, 1), maximumTimerMs))
  }

  #begin(waiting: Waiting): void {
    if (this.#inFlight.has(waiting.job.seq)) {
      this.#next.set(waiting.job.seq, waiting)
      return
    }
    const full = waiting.slots.find((slot) => (this.#taken.get(slot.name) ?? 0) >= slot.limit)
    if (full) {
      const line = this.#held.get(full.name)
      if (line) line.push(waiting)
      else this.#held.set(full.name, [waiting])
      return
    }
    for (const { name } of waiting.slots) this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1)
    const { job } = waiting
    const done = this.#options
      .execute(job)
      .catch((error: unknown) => this.#recover(job, error))
      .finally(() => this.#finish(waiting))
    this.#inFlight.set(job.seq, done)
  }

  #finish({ job, slots }: Waiting): void {
    this.#inFlight.delete(job.seq)
    this.#release(slots)
    const next = this.#next.get(job.seq)
    this.#next.delete(job.seq)
    if (next && this.#running) this.#begin(next)
    this.#pump()
  }

  /** The job could not be done through a fault of our own (a full disk, say): it must not be stuck until a restart. */
  #recover(job: Job, error: unknown): void {
    this.#options.onError(error)
    if (this.#running) setTimeout(() => this.add(job), faultPauseMs).unref()
  }

  #release(slots: Slot[]): void {
    for (const { name } of slots) {
      const taken = (this.#taken.get(name) ?? 1) - 1
      if (taken > 0) this.#taken.set(name, taken)
      else this.#taken.delete(name)
    }
    for (const { name } of slots) this.#serve(name)
  }

  /** Begins those waiting for a slot while there is room in it. */
  #serve(name: string): void {
    const line = this.#held.get(name) ?? []
    for (let next = line[0]; next && this.#running; next = line[0]) {
      const limit = next.slots.find((slot) => slot.name === name)?.limit ?? 0
      if ((this.#taken.get(name) ?? 0) >= limit) break
      line.shift()
      this.#begin(next)
    }
    if (line.length === 0) this.#held.delete(name)
  }
}
