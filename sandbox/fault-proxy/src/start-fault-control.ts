import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describeFault } from './describe-fault.ts'
import { FAULT_KINDS, type Fault } from './faults.ts'
import type { ProxiedRequest } from './proxied-request.ts'
import { FaultError, readFault } from './read-fault.ts'
import type { FaultProxy, FaultProxyCounts } from './start-fault-proxy.ts'

/** What the control API says of one proxy. */
export interface FaultControlState {
  /** What the proxy is called here, for example `stripeToTt`. */
  name: string
  url: string
  target: string
  faults: { id: string; fault: Fault; says: string; struck: number }[]
  counts: FaultProxyCounts
}

export interface FaultControl {
  url: string
  port: number
  /** Stops answering. The proxies go on. */
  close(): Promise<void>
}

const MAX_BODY_BYTES = 16 * 1024
const MOST_REQUESTS = 200
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Lets other processes, such as a page's server or a test's worker, set faults over HTTP, on this machine only.
 *
 * | request | does |
 * | --- | --- |
 * | `GET /` | every proxy with its faults and counts, and the names of all faults |
 * | `GET /:proxy` | one of them |
 * | `GET /:proxy/requests` | its last 200 requests, oldest first; `?after=<ms since 1970>` only younger ones |
 * | `PUT /:proxy/faults` | sets these faults, a list, in place of all before |
 * | `POST /:proxy/faults` | sets one more; answers 201 with its id |
 * | `DELETE /:proxy/faults/:id` | takes one away |
 * | `DELETE /:proxy/faults` | takes all of one proxy away |
 * | `DELETE /faults` | heals everything |
 *
 * A fault is an object like `{"kind":"delay","delayMs":500}` or a text like `"delay:500"`, sent as application/json: a
 * page elsewhere can't send that without being asked first, and it is refused.
 *
 * @param proxies by the name each gets in the addresses
 * @param port 0: any free one
 */
export async function startFaultControl({
  proxies,
  port = 0,
}: {
  proxies: Readonly<Record<string, FaultProxy>>
  port?: number
}): Promise<FaultControl> {
  const server = createServer((request, response) => {
    answer(proxies, request)
      .catch((error: unknown): Answer => {
        if (error instanceof RefusedError) return { status: error.status, body: { error: error.message } }
        if (error instanceof FaultError) return { status: 400, body: { error: error.message } }
        return { status: 500, body: { error: error instanceof Error ? error.message : String(error) } }
      })
      .then(({ status, body }) => send(response, status, body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  status: number
  body?: unknown
}

/** The control API does not do this. */
class RefusedError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'RefusedError'
    this.status = status
  }
}

async function answer(
  proxies: Readonly<Record<string, FaultProxy>>,
  request: IncomingMessage,
): Promise<Answer> {
  refuseStrangers(request)
  const url = new URL(request.url ?? '/', 'http://control')
  const [name, part, id] = url.pathname.split('/').slice(1).map(decodeURIComponent)
  const { method } = request
  if (name === '' && method === 'GET') {
    return {
      status: 200,
      body: {
        kinds: FAULT_KINDS,
        proxies: Object.entries(proxies).map(([each, proxy]) => stateOf(each, proxy)),
      },
    }
  }
  if (name === 'faults' && part === undefined && method === 'DELETE') {
    for (const proxy of Object.values(proxies)) proxy.setFault(null)
    return { status: 204 }
  }
  const proxy = name !== undefined && Object.hasOwn(proxies, name) ? proxies[name] : undefined
  if (name === undefined || proxy === undefined) {
    throw new RefusedError(404, `There is no proxy “${name}”. There are ${Object.keys(proxies).join(', ')}.`)
  }
  if (part === undefined && method === 'GET') return { status: 200, body: stateOf(name, proxy) }
  if (part === 'requests' && method === 'GET') {
    return { status: 200, body: lastRequests(proxy, Number(url.searchParams.get('after') ?? 0)) }
  }
  if (part === 'faults' && id === undefined && method === 'PUT') {
    const faults = readFaults(await readJson(request))
    proxy.setFault(null)
    for (const fault of faults) proxy.addFault(fault)
    return { status: 200, body: stateOf(name, proxy) }
  }
  if (part === 'faults' && id === undefined && method === 'POST') {
    const added = proxy.addFault(readFault(await readJson(request)))
    return { status: 201, body: { id: added } }
  }
  if (part === 'faults' && method === 'DELETE') {
    if (id === undefined) proxy.setFault(null)
    else if (!proxy.removeFault(id)) throw new RefusedError(404, `“${name}” has no fault ${id} any more.`)
    return { status: 204 }
  }
  throw new RefusedError(404, `There is no ${method} ${url.pathname} here.`)
}

/** A browser's page elsewhere can reach a port of this machine too: it says so in these headers. */
function refuseStrangers({ headers }: IncomingMessage): void {
  if (!LOOPBACK_NAMES.includes(hostNameOf(`http://${headers.host ?? ''}`))) {
    throw new RefusedError(421, 'Call the control API by 127.0.0.1 or localhost.')
  }
  if (headers.origin !== undefined && !LOOPBACK_NAMES.includes(hostNameOf(headers.origin))) {
    throw new RefusedError(403, 'Faults are set from this machine only.')
  }
}

function hostNameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : ''
}

function stateOf(name: string, proxy: FaultProxy): FaultControlState {
  return {
    name,
    url: proxy.url,
    target: proxy.target,
    faults: proxy.faults().map((entry) => ({ ...entry, says: describeFault(entry.fault) })),
    counts: proxy.counts(),
  }
}

function lastRequests(proxy: FaultProxy, after: number): ProxiedRequest[] {
  return proxy
    .requests()
    .slice(-MOST_REQUESTS)
    .filter(({ at }) => at > after)
}

function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new FaultError('Send a list of faults; an empty one clears all.')
  return value.map(readFault)
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new RefusedError(415, 'Send the fault as application/json.')
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk)
    size += buffer.length
    if (size > MAX_BODY_BYTES) throw new RefusedError(413, 'That is more than faults need.')
    chunks.push(buffer)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new RefusedError(400, 'The body is no JSON.')
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(body === undefined ? undefined : `${JSON.stringify(body)}\n`)
}
