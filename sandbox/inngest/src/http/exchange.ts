import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Json } from '../protocol/canonical-json.ts'

/** One request with what the routes need of it. */
export type Exchange = {
  method: string
  /** Decoded path segments; `/e/key` is `['e', 'key']`. */
  path: string[]
  query: URLSearchParams
  header: (name: string) => string | undefined
  /** Reads the body as text. @throws RequestError 413 when it is too large */
  body: () => Promise<string>
  response: ServerResponse
}

/** The request can't be served; `status` is a 4xx. */
export class RequestError extends Error {
  override name = 'RequestError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A whole request may hold many events; a single one is limited to 3 MiB elsewhere. */
const maximumBodyBytes = 64 * 1024 * 1024

/** @throws RequestError 400 when the target is no URL path */
export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const target = request.url ?? '/'
  if (!target.startsWith('/') || !URL.canParse(target, 'http://localhost')) {
    throw new RequestError(400, 'The request target is not a path')
  }
  const url = new URL(target, 'http://localhost')
  return {
    method: request.method ?? 'GET',
    path: url.pathname.split('/').filter(Boolean).map(decodeSegment),
    query: url.searchParams,
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    body: () => readBody(request),
    response,
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new RequestError(400, 'The request path is not valid UTF-8')
  }
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      // What comes after this is read and forgotten, so that the sender gets to see the answer.
      if (size > maximumBodyBytes) reject(new RequestError(413, `The body is over ${maximumBodyBytes} bytes`))
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString()))
    request.on('error', reject)
  })
}

export function sendJson(exchange: Exchange, status: number, value: Json): void {
  send(exchange, status, 'application/json', JSON.stringify(value))
}

/** Has a browser load another page of ours after a form. */
export function redirect(exchange: Exchange, path: string): void {
  exchange.response.setHeader('location', path)
  sendText(exchange, 303, `See ${path}`)
}

export function sendText(exchange: Exchange, status: number, text: string): void {
  send(exchange, status, 'text/plain; charset=utf-8', text)
}

export function send(exchange: Exchange, status: number, contentType: string, body: string): void {
  const { response } = exchange
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-inngest-server-kind': 'dev',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}
