import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Fault } from './faults.ts'
import { startBoth, until } from './testing/test-proxy.ts'

const MEGABYTE = 1024 * 1024
const BODY_MEGABYTES = 64

/** Sends a large body and returns how much of it had left the caller when nothing moved any more. */
async function bytesTakenOf(url: string): Promise<number> {
  const request = httpRequest(url, { method: 'POST' })
  request.on('error', () => undefined)
  let ended = false
  const writing = (async () => {
    for (let count = 0; count < BODY_MEGABYTES && !request.destroyed; count += 1) {
      if (!request.write(Buffer.alloc(MEGABYTE))) {
        await new Promise<void>((resolve) => request.once('drain', resolve).once('close', resolve))
      }
    }
    request.end()
    ended = true
  })()
  let before = -1
  let unchanged = 0
  await until('nothing moves any more', () => {
    const now = request.socket?.bytesWritten ?? 0
    unchanged = now > 0 && now === before ? unchanged + 1 : 0
    before = now
    return unchanged === 40 || ended
  })
  request.destroy()
  await writing
  return before
}

describe('a large body', () => {
  it.each<[string, Fault | null]>([
    ['no fault', null],
    ['duplicate', { kind: 'duplicate' }],
    ['cutRequest', { kind: 'cutRequest' }],
    ['delay', { kind: 'delay', delayMs: 60_000 }],
    ['reorder', { kind: 'reorder', holdMs: 60_000 }],
  ])('stays with its sender while the target does not read it: %s', async (_name, fault) => {
    const { target, proxy } = await startBoth()
    target.server.removeAllListeners('request')
    target.server.on('request', (request) => request.pause())
    proxy.setFault(fault)
    expect(await bytesTakenOf(proxy.url)).toBeLessThan((BODY_MEGABYTES / 2) * MEGABYTE)
  })

  it('is taken whole where it is read and thrown away, as the control', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'hang' })
    expect(await bytesTakenOf(proxy.url)).toBeGreaterThan((BODY_MEGABYTES - 8) * MEGABYTE)
  })
})
