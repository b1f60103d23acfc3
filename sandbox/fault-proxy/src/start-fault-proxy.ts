import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import type { Socket } from 'node:net'
import { createFaultDecision, type Fault, type FaultKind, strikesAlways } from './faults.ts'

/** One request that reached the proxy. */
export interface ProxiedRequest {
  method: string
  path: string
  /** When it came, in milliseconds since 1970. */
  at: number
  /** The fault it met, if any. */
  fault: FaultKind | null
  /** The status sent to the caller; null when no answer was sent (yet). */
  status: number | null
  /** The status that the target answered, which the caller may never have seen. */
  targetStatus: number | null
}

export interface FaultProxy {
  /** Base URL to use instead of the target's. */
  url: string
  port: number
  /** Sets what goes wrong from now on; null: nothing does. @throws RangeError for impossible numbers */
  setFault(fault: Fault | null): void
  /** The requests so far, oldest first. Connections refused while `down` send no request and are not among them. */
  requests(): readonly ProxiedRequest[]
  /** Drops all connections and frees the port. */
  close(): Promise<void>
}

/** Old requests are forgotten beyond this, so that a proxy can stand in a long benchmark. */
const REMEMBERED = 10_000

/**
 * The headers without those that speak of one connection only: the target's connection ends after each request, the
 * caller's goes on.
 */
function endToEndHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (!/^(connection|keep-alive)$/i.test(name)) kept.push(name, rawHeaders[index + 1] ?? '')
  }
  return kept
}

/**
 * Starts an HTTP proxy in front of one server, through which everything passes byte by byte until a fault is set.
 *
 * It never retries and opens a new connection to the target for each request, so that no failure comes from the proxy
 * itself: a target that resets the connection or can't be reached resets the caller's.
 *
 * @param target base URL of the server behind, `http://` only; a path in it is put in front of each request's
 * @param port 0: any free one
 */
export async function startFaultProxy({
  target,
  host = '127.0.0.1',
  port = 0,
}: {
  target: string
  host?: string
  port?: number
}): Promise<FaultProxy> {
  const targetUrl = new URL(target)
  if (targetUrl.protocol !== 'http:') throw new RangeError(`The target must be an http URL, not ${target}.`)
  const targetPath = targetUrl.pathname.replace(/\/$/, '')

  const remembered: ProxiedRequest[] = []
  const sockets = new Set<Socket>()
  let fault: Fault | null = null
  let strikes: ReturnType<typeof createFaultDecision> = () => false

  function forward(
    request: IncomingMessage,
    response: ServerResponse,
    record: ProxiedRequest,
    loseAnswer: boolean,
  ) {
    const upstream = sendRequest(
      {
        host: targetUrl.hostname,
        port: targetUrl.port || 80,
        method: request.method,
        path: targetPath + (request.url ?? '/'),
        // As they came: names, order and repetitions.
        headers: request.rawHeaders,
        agent: false,
      },
      (answer) => {
        record.targetStatus = answer.statusCode ?? null
        if (loseAnswer) {
          answer.resume()
          // Not before the target has finished: the point is work done and an answer lost.
          answer.once('close', () => request.socket.resetAndDestroy())
          return
        }
        record.status = answer.statusCode ?? null
        response.sendDate = false
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEndHeaders(answer.rawHeaders))
        response.flushHeaders()
        answer.pipe(response)
        answer.once('error', () => request.socket.resetAndDestroy())
      },
    )
    upstream.once('error', () => request.socket.resetAndDestroy())
    response.once('close', () => {
      if (!response.writableFinished && !loseAnswer) upstream.destroy()
    })
    request.pipe(upstream)
  }

  const server = createServer((request, response) => {
    const summary = { method: request.method ?? 'GET', path: request.url ?? '/' }
    const met = fault !== null && strikes(summary) ? fault.kind : null
    const record: ProxiedRequest = {
      ...summary,
      at: Date.now(),
      fault: met,
      status: null,
      targetStatus: null,
    }
    remembered.push(record)
    if (remembered.length > REMEMBERED) remembered.shift()

    if (met === 'down') {
      request.socket.resetAndDestroy()
    } else if (met === 'hang') {
      request.resume()
    } else if (met === 'status503') {
      request.resume()
      // After the body has been read, so that the caller's next request on this connection is read as one.
      request.once('end', () => {
        record.status = 503
        response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
        response.end('Service Unavailable (fault proxy)\n')
      })
    } else {
      forward(request, response, record, met === 'lostResponse')
    }
  })
  // An idle connection is never closed from this side: a caller that reuses it at that moment would see a fault.
  server.keepAliveTimeout = 0
  server.headersTimeout = 0
  server.requestTimeout = 0
  server.on('connection', (socket) => {
    if (fault?.kind === 'down' && strikesAlways(fault)) {
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('clientError', (_error, socket) => socket.destroy())

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port

  return {
    url: `http://${host}:${boundPort}`,
    port: boundPort,
    setFault(next) {
      strikes = next === null ? () => false : createFaultDecision(next)
      fault = next
      if (next?.kind === 'down' && strikesAlways(next)) {
        // A server that is down has no open connections either.
        for (const socket of sockets) socket.resetAndDestroy()
      }
    },
    requests: () => remembered,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
