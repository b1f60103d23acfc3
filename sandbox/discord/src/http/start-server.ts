import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './messages.ts'

const MAX_BODY_BYTES = 256 * 1024
/** Only this machine: a stand-in has no passwords. */
const HOST = '127.0.0.1'

export interface RunningServer {
  url: string
  port: number
  close(): Promise<void>
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Serves HTTP on 127.0.0.1.
 *
 * @param name for the line that is written when answering itself fails; requests are never logged, they hold secrets
 * @param port 0: any free one
 * @throws the listening error, such as EADDRINUSE
 */
export async function startServer({
  name,
  port,
  answer,
}: {
  name: string
  port: number
  answer: (request: HttpRequest) => HttpAnswer
}): Promise<RunningServer> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const url = URL.canParse(request.url ?? '/', `http://${HOST}`)
      ? new URL(request.url ?? '/', `http://${HOST}`)
      : undefined
    let sent: HttpAnswer
    if (body === undefined) {
      sent = jsonAnswer(413, { message: 'The request is too large.', code: 0 }, { connection: 'close' })
    } else if (url === undefined) {
      sent = jsonAnswer(400, { message: 'The address is malformed.', code: 0 })
    } else {
      sent = answer({ method: request.method ?? 'GET', url, body, headers: request.headers })
    }
    response.writeHead(sent.status, sent.headers)
    response.end(request.method === 'HEAD' ? undefined : sent.body)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('The stand-in has a fault of its own; its log says where.')
    })
  })
  server.listen(port, HOST)
  await once(server, 'listening')
  const address = server.address() as AddressInfo // a TCP server has an AddressInfo once it listens
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
