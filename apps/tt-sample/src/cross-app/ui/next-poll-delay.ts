/** How long a page keeps asking at the quick rate before it slows down. */
const quickForMs = 30_000
const quickDelayMs = 700
const longestDelayMs = 15_000

/**
 * Decides how long to wait before the status is asked for again.
 * Quick while something is expected any moment, slower the longer nothing happens, and slower still while requests fail.
 *
 * @param elapsedMs since the last change that a person could see
 * @param failures requests that failed in a row
 * @returns milliseconds
 */
export function nextPollDelay({elapsedMs, failures}: {elapsedMs: number; failures: number}): number {
  const patience = elapsedMs <= quickForMs ? 1 : elapsedMs / quickForMs
  const delay = quickDelayMs * patience ** 1.5 * 2 ** failures
  return Math.min(longestDelayMs, Math.round(delay))
}
