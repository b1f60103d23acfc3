import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { assertPortsFree, isAnswered, isPortFree } from './assert-ports-free.ts'
import { freePort } from './free-port.ts'
import { defaultPortBase, partNames, portsOf } from './ports-of.ts'

async function occupy(host: string): Promise<number> {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  onTestFinished(() => void server.close())
  return port
}

describe('assertPortsFree', () => {
  it('names the port, what it is for, and who has it', async () => {
    const port = await occupy('127.0.0.1')
    const error = await assertPortsFree([{ port, purpose: 'stripe' }]).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'port-taken' })
    expect(String(error)).toContain(`Port ${port}, needed for stripe, is taken by process ${process.pid} (`)
  })

  it('names every taken port at once', async () => {
    const ports = [await occupy('127.0.0.1'), await occupy('127.0.0.1')]
    const error = await assertPortsFree(ports.map((port) => ({ port, purpose: 'tt' }))).catch(String)
    for (const port of ports) expect(error).toContain(`Port ${port}`)
  })

  it('notices a program on the other form of localhost', async () => {
    expect(await isPortFree(await occupy('::1'))).toBe(false)
  })

  it('notices a program by its answer alone, on whatever address it listens', async () => {
    const port = await occupy('0.0.0.0')
    expect(await isAnswered(port, '127.0.0.1')).toBe(true)
    expect(await isAnswered(await freePort(), '127.0.0.1')).toBe(false)
  })

  it('has no objection to free ports (control)', async () => {
    await expect(assertPortsFree([{ port: await freePort(), purpose: 'tt' }])).resolves.toBeUndefined()
  })
})

describe('portsOf', () => {
  it('gives the well-known ports without a base', () => {
    expect(portsOf()).toMatchObject({
      tt: 3000,
      ah: 3001,
      home: 3010,
      'inngest-tt': 8288,
      'mysql-ah': 3308,
      stripe: 4010,
    })
  })

  it('moves every port into the hundred of a base', () => {
    const { inngestInternal, ...ports } = portsOf(19_000)
    const all = [...Object.values(ports), ...inngestInternal.tt, ...inngestInternal.ah]
    expect(new Set(all).size).toBe(all.length)
    for (const port of all) expect(Math.floor(port / 100)).toBe(190)
  })

  it('has a port for each part, except for the Stripe CLI, which nobody calls', () => {
    const ports: Record<string, unknown> = portsOf()
    expect(partNames.filter((name) => !(name in ports))).toEqual(['stripe-listen-tt', 'stripe-listen-ah'])
  })

  it('refuses a base that leaves no room', () => {
    expect(() => portsOf(65_500)).toThrow(expect.objectContaining({ code: 'bad-arguments' }))
  })
})

describe('defaultPortBase', () => {
  it('leaves the well-known ports to the stack dev', () => {
    expect(defaultPortBase('dev')).toBeUndefined()
  })

  it('gives any other name the same hundred every time', () => {
    expect(defaultPortBase('test')).toBe(defaultPortBase('test'))
    expect(defaultPortBase('test')).not.toBe(defaultPortBase('bench'))
    expect(defaultPortBase('test')).toBeLessThan(32_000)
  })
})
