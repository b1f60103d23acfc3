import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { refusalOf } from '../home/request-guard.ts'
import { listenOnLoopback } from '../ports/listen-on-loopback.ts'

/** Where Studio's page sends its statements. */
const STATEMENTS_PATH = '/bff'
/** Longer than any statement a person types. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** Its page would tell its maker that it was opened; with this the browser lets it talk to nobody but us. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * MariaDB has no JSON type: what MySQL answers as a list arrives as its text, and Studio 0.33 sorts a list of columns
 * that is none (prisma/studio#1367). The one list it asks for is turned back into one here; everything else passes as it is.
 */
export function reviveColumnLists(answer: string): string {
  const isColumnList = (key: string, value: unknown): value is string =>
    key === 'columns' && typeof value === 'string' && value.startsWith('[{')
  try {
    return JSON.stringify(
      JSON.parse(answer, (key, value: unknown) => {
        if (!isColumnList(key, value)) return value
        try {
          return JSON.parse(value) as unknown
        } catch {
          // A row's own text in a column of that name, cut short or never JSON.
          return value
        }
      }),
    )
  } catch {
    return answer
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}

/**
 * The only way in to a Studio: a server on 127.0.0.1 that answers nobody who calls it by another name (a page on the
 * web that has its own name point here) and no other page (its origin), keeps the page from calling its maker, and
 * makes up for what MariaDB can't say.
 *
 * @param port 0 for any free one
 * @throws StackError `port-taken`
 */
export async function openStudioDoor({
  studioOrigin,
  port,
}: {
  studioOrigin: string
  port: number
}): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => {
      if (!response.headersSent) refuse(response, 502, 'Prisma Studio does not answer.')
      else response.destroy()
    })
  })
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request)
    if (refusal !== undefined) return refuse(response, refusal.status, refusal.message)
    // Its report to its maker, which nobody here asked for.
    if (request.url === '/telemetry') return void response.writeHead(204).end()
    const body = await readBody(request)
    if (body === undefined) return refuse(response, 413, 'This is too long.')
    const studio = new URL(studioOrigin)
    const answer = await fetch(`http://127.0.0.1:${studio.port}${request.url ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? '', origin: studioOrigin },
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      redirect: 'manual',
    })
    const isStatement = request.method === 'POST' && request.url === STATEMENTS_PATH
    const content = isStatement
      ? Buffer.from(reviveColumnLists(await answer.text()))
      : Buffer.from(await answer.arrayBuffer())
    response
      .writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .end(content)
  }

  const listening = await listenOnLoopback(server, port, {
    whenTaken: 'Leave `--port` out: then any free one is used.',
  })
  return { url: `http://localhost:${listening.port}`, close: listening.close }
}
