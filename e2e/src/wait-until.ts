/**
 * Waits until `probe` gives something other than null, undefined or false, and returns it. Nothing here ever sleeps
 * for a fixed time and hopes.
 *
 * @param what completes the sentence "Waited N s for …" when it never comes
 * @throws Error after `timeoutMs`, with the last error the probe threw
 */
export async function waitUntil<Value>(
  what: string,
  probe: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
  timeoutMs = 20_000,
  intervalMs = 25,
): Promise<Value> {
  const deadline = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const value = await probe()
      if (value !== null && value !== undefined && value !== false) return value
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`, { cause: lastError })
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs))
  }
}
