import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FaultKind, type FaultProxy, startFaultProxy } from '@sandbox/fault-proxy'

/** The roads between the parts on which faults can be put; one proxy stands on each. */
export const ROADS = [
  'ttToAhInngest',
  'ahToTtInngest',
  'ttToAhApi',
  'stripeToTt',
  'stripeToAh',
  'ttToInbox',
  'ahToInbox',
] as const
export type Road = (typeof ROADS)[number]

export type FaultOrder = { kind: FaultKind; probability?: number; times?: number; seed?: number }

export type Switchboard = {
  /** Base URL of the proxy on each road, for the stack to send through. */
  routes: Record<Road, string>
  /** Where test workers reach this switchboard; they live in other processes than the proxies. */
  controlUrl: string
  close(): Promise<void>
}

/**
 * Puts a fault proxy on every road between the parts and lets tests in other processes set faults over HTTP:
 * `PUT /<road>` with a fault or null, `DELETE /` to heal everything, `GET /<road>` for the requests seen.
 */
export async function startSwitchboard(targets: Record<Road, string>): Promise<Switchboard> {
  const proxies = {} as Record<Road, FaultProxy>
  const routes = {} as Record<Road, string>
  for (const road of ROADS) {
    proxies[road] = await startFaultProxy({ target: targets[road] })
    routes[road] = proxies[road].url
  }
  const server = createServer((request, response) => {
    const road = ROADS.find((each) => request.url === `/${each}`)
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      if (request.method === 'DELETE' && request.url === '/') {
        for (const each of ROADS) proxies[each].setFault(null)
      } else if (request.method === 'PUT' && road) {
        proxies[road].setFault(JSON.parse(body) as FaultOrder | null)
      } else if (request.method === 'GET' && road) {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(proxies[road].requests()))
        return
      } else response.statusCode = 404
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    routes,
    controlUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await Promise.all(ROADS.map((road) => proxies[road].close()))
    },
  }
}

/** A test's hand on the switchboard. */
export function connectSwitchboard(controlUrl: string) {
  return {
    async setFault(road: Road, fault: FaultOrder | null): Promise<void> {
      const response = await fetch(`${controlUrl}/${road}`, { method: 'PUT', body: JSON.stringify(fault) })
      if (!response.ok) throw new Error(`The switchboard refused the fault on ${road}.`)
    },
    async heal(): Promise<void> {
      await fetch(controlUrl, { method: 'DELETE' })
    },
  }
}
