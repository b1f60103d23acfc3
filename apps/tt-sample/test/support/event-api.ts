import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface ReceivedEvent {
  /** The event key in the path: whose Inngest this would have been. */
  key: string
  id?: string
  name: string
  data: Record<string, unknown>
}

export interface EventApi {
  url: string
  received: ReceivedEvent[]
  /** What the next requests get: `ok`, an error status, or no answer at all; `lost` accepts and drops the connection. */
  behaviour: 'ok' | 'unavailable' | 'hang' | 'lost'
  /** Makes one event key answer as told while the others stay well. */
  behaviourOf: Record<string, EventApi['behaviour']>
  close(): Promise<void>
}

/** The event API of two Inngest servers, told apart by their keys: takes events over HTTP and remembers them. */
export async function startEventApi(): Promise<EventApi> {
  const api: EventApi = {
    url: '',
    received: [],
    behaviour: 'ok',
    behaviourOf: {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      const key = decodeURIComponent(request.url?.split('/').pop() ?? '')
      const behaviour = api.behaviourOf[key] ?? api.behaviour
      if (behaviour === 'hang') return
      if (behaviour === 'unavailable') {
        response.writeHead(503).end('{}')
        return
      }
      const parsed = JSON.parse(body) as ReceivedEvent | ReceivedEvent[]
      for (const event of Array.isArray(parsed) ? parsed : [parsed]) api.received.push({...event, key})
      if (behaviour === 'lost') {
        request.socket.destroy()
        return
      }
      response.writeHead(200, {'content-type': 'application/json'}).end('{"ids":["01"],"status":200}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return api
}
