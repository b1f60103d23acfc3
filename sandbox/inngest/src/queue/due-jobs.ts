import type { JobStore, QueuedJob } from '../store/jobs.ts'
import { Heap } from './heap.ts'
import { goesBefore, type Place, type Waiting } from './waiting.ts'

export type DueJobsOptions = {
  jobs: JobStore
  /** Asked when a job is due. */
  placeOf: (job: QueuedJob) => Place
  /** So many are held in memory at most. */
  maximum: number
}

/** A point in the order in which jobs are due. */
type Edge = Pick<QueuedJob, 'dueAt' | 'seq'>

/** Jobs due later than this stay on disk alone: sleeping runs cost no memory. */
const horizonMs = 60_000

/**
 * The jobs that are next, in memory; the others stay on disk until it is their turn. Everything up to an edge has been
 * loaded and nothing beyond it: a backlog of any length costs the memory of a window of it, and rank counts within that
 * window.
 */
export class DueJobs {
  readonly #options: DueJobsOptions
  /** Loaded, and not due yet. */
  readonly #soon = new Heap<QueuedJob>((one, other) => !isBehind(one, other))
  /** Due. */
  readonly #due = new Heap<Waiting>(goesBefore)
  #edge: Edge = { dueAt: -1, seq: 0 }

  constructor(options: DueJobsOptions) {
    this.#options = options
  }

  /** How many are in memory. */
  get size(): number {
    return this.#soon.size + this.#due.size
  }

  /** Takes a job that was just written to disk; one behind the edge is found there later. */
  add({ seq, dueAt, kind, functionId }: QueuedJob): void {
    if (isBehind({ dueAt, seq }, this.#edge)) return
    this.#soon.push({ seq, dueAt, kind, functionId })
    if (this.size > this.#options.maximum) this.#forgetHalf()
  }

  /** The next job that is due, if one is. */
  take(now: number): Waiting | undefined {
    this.#load(now)
    for (let job = this.#soon.peek(); job && job.dueAt <= now; job = this.#soon.peek()) {
      this.#soon.pop()
      const { slots, aheadMs } = this.#options.placeOf(job)
      this.#due.push({ job, slots, rank: job.dueAt - aheadMs })
    }
    return this.#due.pop()
  }

  /** When to look again if nothing else happens. */
  nextAt(): number {
    return Math.min(
      this.#soon.peek()?.dueAt ?? Number.POSITIVE_INFINITY,
      this.#edge.dueAt - horizonMs / 2 + 1,
    )
  }

  /** Half way to the edge, so that nothing due shortly is found only after its time. */
  #load(now: number): void {
    const page = Math.ceil(this.#options.maximum / 4)
    while (this.size < page && this.#edge.dueAt < now + horizonMs / 2) {
      const loaded = this.#options.jobs.dueAfter(this.#edge, now + horizonMs, page)
      for (const job of loaded) this.#soon.push(job)
      const last = loaded.at(-1)
      const complete = loaded.length < page || last === undefined
      this.#edge = complete
        ? { dueAt: now + horizonMs, seq: Number.MAX_SAFE_INTEGER }
        : { dueAt: last.dueAt, seq: last.seq }
    }
  }

  /** Leaves the later half to the disk. A job that is being done or stands in a line is not touched. */
  #forgetHalf(): void {
    const jobs = [...this.#soon.drain(), ...this.#due.drain().map(({ job }) => job)]
    jobs.sort((one, other) => (isBehind(one, other) ? 1 : -1))
    const kept = jobs.slice(0, Math.ceil(jobs.length / 2))
    for (const job of kept) this.#soon.push(job)
    const last = kept.at(-1)
    if (last) this.#edge = { dueAt: last.dueAt, seq: last.seq }
  }
}

function isBehind(one: Edge, other: Edge): boolean {
  return one.dueAt === other.dueAt ? one.seq > other.seq : one.dueAt > other.dueAt
}
