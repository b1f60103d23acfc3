import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { send } from './testing/send.ts'
import { startBoth, until } from './testing/test-proxy.ts'

/** Far longer than a test lasts: what waits so long goes on only because something else lets it. */
const FOREVER_MS = 60_000

describe('delay', () => {
  it('keeps a request back for the time it was given', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'delay', delayMs: 120, times: 1 })
    const before = performance.now()
    expect((await send(`${proxy.url}/late`)).status).toBe(201)
    expect(performance.now() - before).toBeGreaterThanOrEqual(119)
  })

  it('lets a later request reach the target first', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'delay', delayMs: FOREVER_MS, times: 1 })
    const late = send(`${proxy.url}/first`)
    await until('the proxy has it', () => proxy.requests().length === 1)
    await send(`${proxy.url}/second`)
    proxy.setFault(null)
    await late
    expect(target.served).toEqual(['/second', '/first'])
  })

  it('is over at once for what it holds when it is taken away', async () => {
    const { proxy } = await startBoth()
    const id = proxy.addFault({ kind: 'delay', delayMs: FOREVER_MS })
    const late = send(`${proxy.url}/late`)
    await until('the proxy has it', () => proxy.requests().length === 1)
    proxy.removeFault(id)
    expect((await late).status).toBe(201)
  })

  it('delivers a large body unchanged', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'delay', delayMs: 20, jitterMs: 20 })
    const body = randomBytes(2_000_000)
    expect((await send(`${proxy.url}/late`, { body })).body.equals(body)).toBe(true)
  })

  it('never sends a request on whose caller has given up', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'delay', delayMs: FOREVER_MS, times: 1 })
    const caller = new AbortController()
    const given = send(`${proxy.url}/given-up`, { signal: caller.signal })
    await until('the proxy has it', () => proxy.requests().length === 1)
    caller.abort()
    await expect(given).rejects.toThrow('aborted')
    // The connection's end is known to the proxy when a younger one has been served and closed.
    await send(`${proxy.url}/next`)
    proxy.setFault(null)
    await send(`${proxy.url}/last`)
    expect(target.served).toEqual(['/next', '/last'])
  })

  it('refuses to wait for no time at all', async () => {
    const { proxy } = await startBoth()
    expect(() => proxy.setFault({ kind: 'delay' })).toThrow(RangeError)
    expect(() => proxy.setFault({ kind: 'delay', delayMs: -1 })).toThrow(RangeError)
  })
})

describe('reorder', () => {
  it('holds a request until the next one has been answered', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'reorder', holdMs: FOREVER_MS })
    const first = send(`${proxy.url}/1`)
    await until('the proxy has it', () => proxy.requests().length === 1)
    await send(`${proxy.url}/2`)
    await first
    expect(target.served).toEqual(['/2', '/1'])
  })

  it('keeps the order when it is not set', async () => {
    const { target, proxy } = await startBoth()
    const first = send(`${proxy.url}/1`)
    await until('the target has it', () => target.served.length === 1)
    await send(`${proxy.url}/2`)
    await first
    expect(target.served).toEqual(['/1', '/2'])
  })

  it('swaps pair after pair', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'reorder', holdMs: FOREVER_MS })
    for (const [held, next] of [
      ['/1', '/2'],
      ['/3', '/4'],
    ]) {
      const waiting = send(proxy.url + held)
      await until(`the proxy holds ${held}`, () => proxy.requests().at(-1)?.path === held)
      await send(proxy.url + next)
      await waiting
    }
    expect(target.served).toEqual(['/2', '/1', '/4', '/3'])
    expect(proxy.counts().struck).toEqual({ reorder: 2 })
  })

  it('waits only for requests that it concerns', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'reorder', holdMs: FOREVER_MS, path: '/e/' })
    const first = send(`${proxy.url}/e/1`)
    await until('the proxy has it', () => proxy.requests().length === 1)
    await send(`${proxy.url}/health`)
    expect(target.served).toEqual(['/health'])
    await send(`${proxy.url}/e/2`)
    await first
    expect(target.served).toEqual(['/health', '/e/2', '/e/1'])
  })

  it('lets a request go on when no other one comes', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'reorder', holdMs: 30 })
    expect((await send(`${proxy.url}/alone`)).status).toBe(201)
  })
})
