import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type ActiveFault, createActiveFaults } from './active-faults.ts'
import { concerns, DEFAULT_HOLD_MS, type Fault, type FaultKind, strikesAlways } from './faults.ts'
import {
  forwardAndCutAnswer,
  forwardAndLoseAnswer,
  forwardCutRequest,
  forwardRequest,
  forwardTwice,
  type Passage,
  relaying,
} from './forward-request.ts'
import type { ProxiedRequest } from './proxied-request.ts'

/** A fault that is set, for people and for the control API. */
export interface SetFault {
  /** Names it among the faults of one proxy; never used twice. */
  id: string
  fault: Fault
  /** How many requests it has struck. */
  struck: number
}

/** What a proxy has done since it was started. */
export interface FaultProxyCounts {
  requests: number
  /** Requests that met no fault. */
  passed: number
  /** Requests struck, by fault. */
  struck: Partial<Record<FaultKind, number>>
  /** Connections refused while `down`, before any request was read from them. */
  refusedConnections: number
}

export interface FaultProxy {
  /** Base URL to use instead of the target's. */
  url: string
  port: number
  /** Base URL of the server behind. */
  target: string
  /** Sets what goes wrong from now on, in place of all before; null: nothing does. @throws RangeError for impossible numbers */
  setFault(fault: Fault | null): void
  /**
   * Sets one more fault. A request meets at most one: the first in the order of adding that strikes it.
   *
   * @returns the id to remove it by
   * @throws RangeError for impossible numbers
   */
  addFault(fault: Fault): string
  /** Takes one fault away; what it held back goes on at once. @returns false when there is no such fault */
  removeFault(id: string): boolean
  /** The faults that are set, in the order in which they are asked. */
  faults(): SetFault[]
  counts(): FaultProxyCounts
  /** The requests so far, oldest first. Connections refused while `down` send no request and are not among them. */
  requests(): readonly ProxiedRequest[]
  /** Drops all connections and frees the port. */
  close(): Promise<void>
}

/** Old requests are forgotten beyond this, so that a proxy can stand in a long benchmark. */
const REMEMBERED = 10_000

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/**
 * Starts an HTTP proxy in front of one server, through which everything passes byte by byte until a fault is set.
 *
 * It never retries and opens a new connection to the target for each request, so that no failure comes from the proxy
 * itself: a target that resets the connection or can't be reached resets the caller's.
 *
 * @param target base URL of the server behind, `http://` only; a path in it is put in front of each request's
 * @param host an address of this machine's loopback interface, nothing else
 * @param port 0: any free one
 * @throws RangeError for a target or host that is none of these
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
  if (!LOOPBACK.includes(host)) {
    throw new RangeError(`A fault proxy listens on this machine only: ${LOOPBACK.join(', ')}, not ${host}.`)
  }

  const remembered: ProxiedRequest[] = []
  const sockets = new Set<Socket>()
  const active = createActiveFaults()
  const counts: FaultProxyCounts = { requests: 0, passed: 0, struck: {}, refusedConnections: 0 }

  const server = createServer((request, response) => {
    const summary = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      hasBody: announcesBody(request),
    }
    // Whoever waits for the next request waits for this one; it doesn't wait itself.
    const waited = active
      .all()
      .filter(
        ({ fault, holding }) => fault.kind === 'reorder' && holding.isOccupied() && concerns(fault, summary),
      )
    response.once('close', () => {
      for (const { holding } of waited) holding.releaseAll()
    })
    const met = active.meet(summary)
    const record: ProxiedRequest = {
      method: summary.method,
      path: summary.path,
      at: Date.now(),
      fault: met?.fault.kind ?? null,
      status: null,
      targetStatus: null,
      copyStatus: null,
    }
    remembered.push(record)
    if (remembered.length > REMEMBERED) remembered.shift()
    counts.requests += 1
    const passage: Passage = { request, response, record, target: targetUrl }
    if (met === null) {
      counts.passed += 1
      relaying(passage, () => forwardRequest(passage))
      return
    }
    counts.struck[met.fault.kind] = (counts.struck[met.fault.kind] ?? 0) + 1
    relaying(passage, () => strike(met, passage))
  })
  // An idle connection is never closed from this side: a caller that reuses it at that moment would see a fault.
  server.keepAliveTimeout = 0
  server.headersTimeout = 0
  server.requestTimeout = 0
  server.on('connection', (socket) => {
    if (active.isDown()) {
      counts.refusedConnections += 1
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

  function add(fault: Fault): string {
    const { id } = active.add(fault)
    if (fault.kind === 'down' && strikesAlways(fault)) {
      // A server that is down has no open connections either.
      for (const socket of sockets) socket.resetAndDestroy()
    }
    return id
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    target,
    setFault(next) {
      if (next === null) {
        active.clear()
        return
      }
      const before = [...active.all()]
      add(next)
      for (const { id } of before) active.remove(id)
    },
    addFault: add,
    removeFault: (id) => active.remove(id),
    faults: () => active.all().map(({ id, fault, struck }) => ({ id, fault, struck })),
    counts: () => ({ ...counts, struck: { ...counts.struck } }),
    requests: () => remembered,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Lets a fault happen to a request. */
function strike({ fault, holding, nextDelayMs }: ActiveFault, passage: Passage): void {
  const { request } = passage
  switch (fault.kind) {
    case 'down':
    case 'drop':
      request.socket.resetAndDestroy()
      return
    case 'hang':
      request.resume()
      return
    case 'status503':
      answerStatus(passage, 503)
      return
    case 'status':
      answerStatus(passage, fault.status ?? 500)
      return
    case 'lostResponse':
      forwardAndLoseAnswer(passage)
      return
    case 'delay':
      forwardLater(passage, holding, nextDelayMs())
      return
    case 'reorder':
      forwardLater(passage, holding, fault.holdMs ?? DEFAULT_HOLD_MS)
      return
    case 'duplicate':
      forwardTwice(passage)
      return
    case 'cutRequest':
      forwardCutRequest(passage, fault)
      return
    case 'cutResponse':
      forwardAndCutAnswer(passage, fault)
      return
  }
}

function answerStatus({ request, response, record }: Passage, status: number): void {
  request.resume()
  // After the body has been read, so that the caller's next request on this connection is read as one.
  request.once('end', () => {
    record.status = status
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`${response.statusMessage} (fault proxy)\n`)
  })
}

/** The body stays where it is meanwhile, with its sender: nothing of it is read. */
function forwardLater(passage: Passage, holding: ActiveFault['holding'], longestMs: number): void {
  const giveUp = holding.hold(() => relaying(passage, () => forwardRequest(passage)), longestMs)
  passage.response.once('close', giveUp)
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
