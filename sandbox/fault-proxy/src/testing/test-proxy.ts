import { afterEach, expect } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../start-fault-proxy.ts'
import { startTestTarget, type TestTarget } from './test-target.ts'

const open: { close(): Promise<void> | void }[] = []

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close()
})

/** Has something closed at the end of the running test. */
export function closeAfterTest<Resource extends { close(): Promise<void> | void }>(
  resource: Resource,
): Resource {
  open.push(resource)
  return resource
}

/** A target and a proxy in front of it, for the running test. */
export async function startBoth(path = ''): Promise<{ target: TestTarget; proxy: FaultProxy }> {
  const target = closeAfterTest(await startTestTarget())
  const proxy = closeAfterTest(await startFaultProxy({ target: target.url + path }))
  return { target, proxy }
}

/**
 * Waits until something is so.
 *
 * @throws Error naming what was waited for, after five seconds
 */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited 5 s until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export const resetCode = expect.objectContaining({ code: 'ECONNRESET' })
