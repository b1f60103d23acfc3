import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks `check` again and again until it answers something other than `undefined` or `false`.
 *
 * @param deadlineMs how long to go on asking
 * @param describe what was waited for; becomes the message of the error
 * @throws Error when the deadline passes; the last error of `check` is its cause
 */
export async function waitUntil<Value>(
  check: () => Promise<Value | undefined | false> | Value | undefined | false,
  { deadlineMs, everyMs = 50, describe }: { deadlineMs: number; everyMs?: number; describe: string },
): Promise<Value> {
  const end = performance.now() + deadlineMs
  let lastError: unknown
  for (;;) {
    try {
      const value = await check()
      if (value !== undefined && value !== false) return value
    } catch (error) {
      lastError = error
    }
    if (performance.now() >= end) {
      throw new Error(
        `${describe} did not happen within ${Math.round(deadlineMs / 1000)} s.`,
        lastError === undefined ? undefined : { cause: lastError },
      )
    }
    await delay(everyMs)
  }
}
