import type { Clock } from '../clock.ts'
import type { JobStore, QueuedJob } from '../store/jobs.ts'
import { DueJobs } from './due-jobs.ts'
import { Lines } from './lines.ts'
import type { Place, Slot, Waiting } from './waiting.ts'

export type QueueOptions = {
  jobs: JobStore
  clock: Clock
  /** Asked when a job is due. */
  placeOf: (job: QueuedJob) => Place
  /** Does a job. Whatever it leaves on disk comes back through `add`. */
  execute: (job: QueuedJob) => Promise<void>
  onError: (error: unknown) => void
  /** So many of the jobs that are next are in memory, and as many of those before full slots. */
  maximumInMemory?: number
}

const defaultMaximumInMemory = 10_000

/** Jobs put on their way in one go: of a long backlog, other work of the process is done in between. */
const maximumAtOnce = 500

/** Calls under way at once, over all functions. */
const maximumInFlight = 256
/** How long to wait after a fault of the server's own before the job is tried again. */
const faultPauseMs = 5000
/** Longer timers would overflow; the horizon is shorter anyway. */
const maximumTimerMs = 2 ** 31 - 1

/**
 * Decides when each job is done: at its time, by rank and then first come first served, within the limits of its slots.
 * There is no polling: a due job starts at once. A bounded part of the jobs is in memory, however many there are.
 */
export class Queue {
  readonly #options: QueueOptions
  readonly #next: DueJobs
  /** Jobs held up by a full slot, by that slot's name. */
  readonly #held: Lines
  readonly #taken = new Map<string, number>()
  readonly #inFlight = new Map<number, Promise<void>>()
  /** Jobs that became due again while they were still being done. */
  readonly #again = new Map<number, Waiting>()
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined
  #running = false

  constructor(options: QueueOptions) {
    this.#options = options
    const { jobs, placeOf, maximumInMemory = defaultMaximumInMemory } = options
    this.#next = new DueJobs({ jobs, placeOf, maximum: maximumInMemory })
    this.#held = new Lines(maximumInMemory)
  }

  /** Begins with what is due on disk. */
  start(): void {
    this.#running = true
    this.#pump()
  }

  /** Begins nothing new, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#running = false
    clearTimeout(this.#timer)
    clearImmediate(this.#soon)
    await Promise.allSettled(this.#inFlight.values())
    this.#held.close()
  }

  /** Takes a job that was just written to disk. */
  add(job: QueuedJob): void {
    if (!this.#running) return
    this.#next.add(job)
    this.#pump()
  }

  /** Looks at the clock again, which was moved. */
  wake(): void {
    this.#pump()
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  /** Jobs in memory that are not being done. */
  get inMemory(): number {
    return this.#next.size + this.#held.size
  }

  #pump(): void {
    if (!this.#running) return
    const now = this.#options.clock.now()
    for (let count = 0; this.#inFlight.size < maximumInFlight; count++) {
      if (count === maximumAtOnce) {
        clearImmediate(this.#soon)
        this.#soon = setImmediate(() => this.#pump())
        return
      }
      const next = this.#next.take(now)
      if (!next) break
      this.#begin(next)
    }
    this.#setTimer(now)
  }

  #setTimer(now: number): void {
    clearTimeout(this.#timer)
    // With every place taken, the end of a call is what comes next.
    if (this.#inFlight.size >= maximumInFlight) return
    const waitMs = Math.min(Math.max(this.#next.nextAt() - now, 1), maximumTimerMs)
    this.#timer = setTimeout(() => this.#pump(), waitMs)
  }

  #begin(waiting: Waiting): void {
    if (this.#inFlight.has(waiting.job.seq)) {
      this.#again.set(waiting.job.seq, waiting)
      return
    }
    const full = waiting.slots.find((slot) => (this.#taken.get(slot.name) ?? 0) >= slot.limit)
    if (full) {
      this.#held.join(full.name, waiting)
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
    const next = this.#again.get(job.seq)
    this.#again.delete(job.seq)
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
    while (this.#running) {
      const next = this.#held.take(name)
      if (!next) return
      const limit = next.slots.find((slot) => slot.name === name)?.limit ?? 0
      if ((this.#taken.get(name) ?? 0) >= limit) {
        this.#held.join(name, next)
        return
      }
      this.#begin(next)
    }
  }
}
