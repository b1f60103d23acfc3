/**
 * Waits until `read` returns something.
 *
 * @throws Error naming what was waited for, after the deadline
 */
export async function waitFor<T>(
  what: string,
  read: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  deadlineMs = 8_000,
): Promise<T> {
  const end = Date.now() + deadlineMs
  for (;;) {
    const value = await read()
    if (value !== undefined && value !== false && value !== null) return value
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
