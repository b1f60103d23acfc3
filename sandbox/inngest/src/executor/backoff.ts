const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes

/** The real server's table, by failed attempts so far. */
const table = [
  15 * seconds,
  30 * seconds,
  1 * minutes,
  2 * minutes,
  5 * minutes,
  10 * minutes,
  20 * minutes,
  40 * minutes,
  1 * hours,
  2 * hours,
]
const jitterMs = 30 * seconds

/** Milliseconds to wait after the failure of attempt `attempt` (from 0). */
export type Backoff = (attempt: number) => number

/** The real server's backoff: the table plus up to 30 s, so that failures do not come back all at once. */
export const realBackoff: Backoff = (attempt) =>
  (table[Math.min(attempt, table.length - 1)] ?? 2 * hours) + Math.random() * jitterMs

/** The same wait after each failure, as with `--retry-interval`. */
export function flatBackoff(milliseconds: number): Backoff {
  return () => milliseconds
}
