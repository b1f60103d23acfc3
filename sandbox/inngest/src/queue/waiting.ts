import type { QueuedJob } from '../store/jobs.ts'

/** A place that only `limit` calls may take at once. */
export type Slot = { name: string; limit: number }

/** What a job has to stand in line for, and how far ahead of its time it counts there. */
export type Place = { slots: Slot[]; aheadMs: number }

/** The place of a job that waits for nothing but its time. */
export const anywhere: Place = { slots: [], aheadMs: 0 }

/** A job whose time has come; the lowest rank is the next. */
export type Waiting = { job: QueuedJob; slots: Slot[]; rank: number }

/** By rank, and then first come first served. */
export function goesBefore(one: Waiting, other: Waiting): boolean {
  return one.rank === other.rank ? one.job.seq < other.job.seq : one.rank < other.rank
}
