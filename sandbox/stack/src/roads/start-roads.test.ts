import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { portsOf } from '../ports/ports-of.ts'
import { ROAD_NAMES } from './road-names.ts'
import { roadTargets } from './road-targets.ts'
import { startRoads } from './start-roads.ts'

async function startTarget(): Promise<string> {
  const server = createServer((request, response) => response.end(`${request.method} ${request.url}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function openRoads(options: Parameters<typeof startRoads>[0]) {
  const roads = await startRoads(options)
  onTestFinished(() => roads.close())
  return roads
}

describe('the roads of a stack', () => {
  it('lead to the part at their end until something is made to fail', async () => {
    const roads = await openRoads({ targets: { ttToAhInngest: await startTarget() } })
    const ask = async () => (await fetch(`${roads.routes.ttToAhInngest}/e/key`)).status
    expect(await ask()).toBe(200)
    roads.proxies.ttToAhInngest?.setFault({ kind: 'status', status: 502 })
    expect(await ask()).toBe(502)
    roads.proxies.ttToAhInngest?.setFault(null)
    expect(await ask()).toBe(200)
  })

  it('can be there before the part at their end', async () => {
    const roads = await openRoads({ targets: roadTargets(portsOf(25_900)) })
    expect(Object.keys(roads.proxies).sort()).toEqual([...ROAD_NAMES].sort())
  })

  it('have no proxy in front of a real service, nor where the caller has an address of its own', async () => {
    const roads = await openRoads({
      targets: { ttToMail: 'https://api.resend.com', stripeToTt: await startTarget() },
      routes: { stripeToTt: 'http://127.0.0.1:1' },
    })
    expect(roads.proxies).toEqual({})
    expect(roads.routes).toEqual({ stripeToTt: 'http://127.0.0.1:1' })
  })
})
