import type { Clock } from '../clock.ts'
import type { Job, JobStore } from '../store/jobs.ts'
import { Heap } from './heap.ts'

/** What the queue keeps of a job in memory: there may be very many, and the rest is on disk. */
export type QueuedJob = Pick<Job, 'seq' | 'dueAt' | 'kind' | 'functionId'>

/** A place that only `limit` calls may take at once. */
export type Slot = { name: string; limit: number }

/** What a job has to stand in line for, and how far ahead of its time it counts there. */
export type Place = { slots: Slot[]; aheadMs: number }

/** The place of a job that waits for nothing but its time. */
export const anywhere: Place = { slots: [], aheadMs: 0 }

export type QueueOptions = {
  jobs: JobStore
  clock: Clock
  /** Asked once, when a job is due. */
  placeOf: (job: QueuedJob) => Place
  /** Does a job. Whatever it leaves on disk comes back through `add`. */
  execute: (job: QueuedJob) => Promise<void>
  onError: (error: unknown) => void
}

type Waiting = { job: QueuedJob; slots: Slot[]; rank: number }

/** Jobs due later than this stay on disk alone: sleeping runs cost no memory. */
const horizonMs = 60_000
/** Calls under way at once, over all functions. */
const maximumInFlight = 256
/** How long to wait after a fault of the server's own before the job is tried again. */
const faultPauseMs = 5000
/** Longer timers would overflow; the horizon is shorter anyway. */
const maximumTimerMs = 2 ** 31 - 1

/**
 * Decides when each job is done: at its time, by rank and then first come first served, within the limits of its slots.
 * Holds what is due within the horizon in memory; there is no polling, so a due job starts at once.
 */
export class Queue {
  readonly #options: QueueOptions
  readonly #soon = new Heap<QueuedJob>((one, other) =>
    one.dueAt === other.dueAt ? one.seq < other.seq : one.dueAt < other.dueAt,
  )
  /** Due, and waiting for one of the places in flight. */
  readonly #due = new Heap<Waiting>(goesBefore)
  /** Jobs held up by a full slot, by that slot's name. */
  readonly #held = new Map<string, Heap<Waiting>>()
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
  add({ seq, dueAt, kind, functionId }: QueuedJob): void {
    if (!this.#running) return
    if (dueAt <= this.#horizon) this.#soon.push({ seq, dueAt, kind, functionId })
    // Also for a job beyond the horizon: after a jump of the clock it may be due all the same.
    this.#pump()
  }

  /** Looks at the clock again, which was moved. */
  wake(): void {
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
      this.#soon.pop()
      const { slots, aheadMs } = this.#options.placeOf(job)
      this.#due.push({ job, slots, rank: job.dueAt - aheadMs })
    }
    while (this.#inFlight.size < maximumInFlight) {
      const next = this.#due.pop()
      if (!next) break
      this.#begin(next)
    }
    this.#setTimer(now)
  }

  #setTimer(now: number): void {
    clearTimeout(this.#timer)
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
      const line = this.#held.get(full.name) ?? new Heap<Waiting>(goesBefore)
      line.push(waiting)
      this.#held.set(full.name, line)
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
  #recover(job: QueuedJob, error: unknown): void {
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
    const line = this.#held.get(name)
    if (!line) return
    for (let next = line.peek(); next && this.#running; next = line.peek()) {
      const limit = next.slots.find((slot) => slot.name === name)?.limit ?? 0
      if ((this.#taken.get(name) ?? 0) >= limit) break
      line.pop()
      this.#begin(next)
    }
    if (line.size === 0) this.#held.delete(name)
  }
}

function goesBefore(one: Waiting, other: Waiting): boolean {
  return one.rank === other.rank ? one.job.seq < other.job.seq : one.rank < other.rank
}
