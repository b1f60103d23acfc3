import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type ApiContext, answerApiCall } from './api/answer-api-call.ts'
import type { PageAnswer, PageRequest } from './ui/page.ts'

const MAX_BODY_BYTES = 1024 * 1024

export interface ServerHandlers {
  api: ApiContext
  page(request: PageRequest): PageAnswer
  /** Called after each request that may have changed something. */
  afterChange(): void
}

/** The HTTP side: reads a request, hands `/v1/…` to the API and everything else to the pages. */
export function createSandboxServer(handlers: ServerHandlers): Server {
  return createServer((request, response) => {
    handle(handlers, request, response).catch((error: unknown) => {
      process.stderr.write(
        `stripe sandbox: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
      )
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('The Stripe sandbox has a fault of its own; its log says where.')
    })
  })
}

async function handle(
  { api, page, afterChange }: ServerHandlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const body = await readBody(request)
  if (body === undefined) {
    response.writeHead(413, { 'content-type': 'application/json', connection: 'close' })
    response.end(
      JSON.stringify({ error: { type: 'invalid_request_error', message: 'The request is too large.' } }),
    )
    return
  }
  const isApi = url.pathname.startsWith('/v1/') || url.pathname.startsWith('/v2/')
  const answer = isApi
    ? answerApiCall(api, {
        method,
        path: url.pathname,
        query: url.search.slice(1),
        body,
        headers: {
          authorization: request.headers.authorization,
          idempotencyKey: one(request.headers['idempotency-key']),
          version: one(request.headers['stripe-version']),
          contentType: request.headers['content-type'],
        },
      })
    : page({ method, url, body, headers: request.headers })
  response.writeHead(answer.status, answer.headers)
  response.end(method === 'HEAD' ? undefined : answer.body)
  if (method !== 'GET' && method !== 'HEAD') afterChange()
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk)
    size += buffer.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}
