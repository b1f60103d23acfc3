import { waitUntil as askUntil } from '@sandbox/stack/wait-until'

type Nothing = null | undefined | false

/**
 * Waits until `probe` gives something, and returns it: the stack's own loop, with a test's patience.
 *
 * @param what is waited for; becomes part of the error's message
 * @throws Error after `timeoutMs`, with the last error the probe threw as its cause
 */
export function waitUntil<Value>(
  what: string,
  probe: () => Promise<Value | Nothing> | Value | Nothing,
  timeoutMs = 20_000,
  everyMs = 25,
): Promise<Value> {
  return askUntil(async () => (await probe()) ?? undefined, {
    deadlineMs: timeoutMs,
    everyMs,
    describe: `"${what}"`,
  })
}
