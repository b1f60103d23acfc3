import {
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from 'node:http'
import type { Fault } from './faults.ts'
import { bytesBeforeCut, passBytes } from './pass-bytes.ts'
import type { ProxiedRequest } from './proxied-request.ts'

/** One request on its way through the proxy. */
export interface Passage {
  request: IncomingMessage
  response: ServerResponse
  /** What is remembered of it; the statuses are written here. */
  record: ProxiedRequest
  /** The server behind. A path in it is put in front of the request's. */
  target: URL
}

/**
 * Takes a passage one step further. What Node's own checks refuse to send on (a status below 100, control characters)
 * breaks this connection, as anything that can't be relayed does; thrown from here, it would end the whole process.
 */
export function relaying({ request }: Passage, step: () => void): void {
  try {
    step()
  } catch {
    request.socket.resetAndDestroy()
  }
}

/** Sends a request on and its answer back, byte by byte. A target that fails resets the caller's connection. */
export function forwardRequest(passage: Passage): void {
  const upstream = openUpstream(passage, (answer) => relayAnswer(passage, answer))
  endWithCaller(passage, upstream)
  passage.request.pipe(upstream)
}

/** Sends a request on; its answer is read to the end and thrown away, and the caller's connection is reset. */
export function forwardAndLoseAnswer(passage: Passage): void {
  const upstream = openUpstream(passage, (answer) => {
    answer.resume()
    // Not before the target has finished: the point is work done and an answer lost.
    answer.once('close', () => passage.request.socket.resetAndDestroy())
  })
  passage.request.pipe(upstream)
}

/** Sends a request on twice at the same time, at the pace of the slower one, and the answer to the first one back. */
export function forwardTwice(passage: Passage): void {
  const { request, response, record } = passage
  const upstream = openUpstream(passage, (answer) => relayAnswer(passage, answer))
  const copy = send(passage, (answer) => {
    record.copyStatus = answer.statusCode ?? null
    answer.on('error', () => undefined)
    answer.resume()
  })
  copy.on('error', () => undefined) // a copy that gets lost is no fault of the request
  endWithCaller(passage, upstream)
  response.once('close', () => {
    // A copy that has left completely goes on by itself, as it does in a network.
    if (!request.complete) copy.destroy()
  })
  request.pipe(upstream)
  request.pipe(copy)
}

/** Sends the beginning of a request's body on, then breaks both connections: the target sees a body without an end. */
export function forwardCutRequest(passage: Passage, fault: Fault): void {
  const { request } = passage
  const upstream = send(passage, (answer) => {
    // A target may answer before it has read everything; nobody is there to hear it.
    answer.on('error', () => undefined)
    answer.resume()
  })
  upstream.on('error', () => request.socket.resetAndDestroy())
  upstream.once('close', () => request.socket.resetAndDestroy())
  upstream.flushHeaders()
  passBytes(request, upstream, bytesBeforeCut(fault.afterBytes, announcedLength(request)), () =>
    closeAfterWriting(upstream),
  )
  request.once('close', () => {
    if (!request.complete) closeAfterWriting(upstream)
  })
}

/** Sends a request on and the beginning of its answer back, then closes the caller's connection. The target finishes. */
export function forwardAndCutAnswer(passage: Passage, fault: Fault): void {
  const { request, response } = passage
  const upstream = openUpstream(passage, (answer) => {
    const length = announcedLength(answer)
    answer.on('error', () => request.socket.resetAndDestroy())
    if (length === 0 || !mayHaveBody(request, answer)) {
      // There is no middle to cut in: nothing of the answer arrives.
      answer.resume()
      request.socket.resetAndDestroy()
      return
    }
    writeHead(passage, answer)
    passBytes(answer, response, bytesBeforeCut(fault.afterBytes, length), () => {
      answer.resume()
      request.socket.destroySoon()
    })
  })
  request.pipe(upstream)
}

/** The connection to the target: a new one for each request, so that no failure comes from the proxy itself. */
function send(passage: Passage, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
  const { request, target } = passage
  return sendRequest(
    {
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port || 80,
      method: request.method,
      path: target.pathname.replace(/\/$/, '') + (request.url ?? '/'),
      // As they came: names, order and repetitions.
      headers: [...endToEndHeaders(request.rawHeaders), 'Connection', 'close'],
      agent: false,
    },
    (answer) =>
      relaying(passage, () => {
        try {
          onAnswer(answer)
        } catch (error) {
          answer.destroy()
          throw error
        }
      }),
  )
}

function openUpstream(passage: Passage, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
  const { request, record } = passage
  const upstream = send(passage, (answer) => {
    record.targetStatus = answer.statusCode ?? null
    onAnswer(answer)
  })
  upstream.on('error', () => {
    // Once it has answered, a target may refuse the rest of a body; the answer itself tells how that ends.
    if (record.targetStatus === null) request.socket.resetAndDestroy()
  })
  upstream.once('close', () => {
    // What the target no longer takes is read away, so that the caller's next request is read as one.
    request.unpipe(upstream)
    request.resume()
  })
  return upstream
}

function endWithCaller({ response }: Passage, upstream: ClientRequest): void {
  response.once('close', () => {
    if (!response.writableFinished) upstream.destroy()
  })
}

function relayAnswer(passage: Passage, answer: IncomingMessage): void {
  writeHead(passage, answer)
  answer.on('error', () => passage.request.socket.resetAndDestroy())
  answer.pipe(passage.response)
}

function writeHead({ response, record }: Passage, answer: IncomingMessage): void {
  record.status = answer.statusCode ?? null
  response.sendDate = false
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEndHeaders(answer.rawHeaders))
  response.flushHeaders()
}

/**
 * The headers without those that speak of one connection only: the target's connection ends after each request, the
 * caller's goes on. Trailers don't pass, so none are announced.
 */
function endToEndHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (!/^(connection|keep-alive|proxy-connection|trailer)$/i.test(name))
      kept.push(name, rawHeaders[index + 1] ?? '')
  }
  return kept
}

function announcedLength(message: IncomingMessage): number | null {
  const length = message.headers['content-length']
  return length === undefined ? null : Number(length)
}

function mayHaveBody(request: IncomingMessage, answer: IncomingMessage): boolean {
  return request.method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304
}

/** Closes the connection to the target as soon as what was written has left. */
function closeAfterWriting(upstream: ClientRequest): void {
  // Node hands what waits to the socket right after this event.
  if (upstream.socket === null)
    upstream.once('socket', (socket) => queueMicrotask(() => socket.destroySoon()))
  else upstream.socket.destroySoon()
}
