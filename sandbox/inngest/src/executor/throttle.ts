import type { ThrottleRule } from '../protocol/function-config.ts'

/** When the next start of a throttled function is, and until when its starts are given away then. */
export type Admission = { startAt: number; freeAt: number }

/**
 * Gives away one start: `limit + burst` at once, then one per `period / limit`. Starts are given in the order they are
 * asked for, so nothing has to stand in line: each knows its time.
 *
 * @param freeAt what the admission before left; undefined for the first
 */
export function admit(rule: ThrottleRule, freeAt: number | undefined, now: number): Admission {
  const intervalMs = rule.periodMs / rule.limit
  const from = Math.max(freeAt ?? now, now)
  const startAt = Math.max(now, from - (rule.limit + rule.burst - 1) * intervalMs)
  return { startAt: Math.ceil(startAt), freeAt: Math.ceil(from + intervalMs) }
}
