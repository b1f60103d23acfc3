import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'

/** A real server behind a proxy, and what it saw. */
export interface TestTarget {
  url: string
  server: Server
  /** The paths of the requests read to their end, in that order. */
  served: string[]
  /** The paths of the requests whose body broke off, with the bytes that came. */
  broken: { path: string; bytes: number }[]
  /** How many connections are open now. */
  connections(): Promise<number>
  close(): Promise<void>
}

/**
 * Echoes bodies with status 201, and a few special paths: `/slow-stream` writes a first piece and no end, `/chunks`
 * answers without announcing a length, `/empty` answers 204.
 */
export async function startTestTarget(): Promise<TestTarget> {
  const served: string[] = []
  const broken: TestTarget['broken'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () =>
      broken.push({ path: request.url ?? '', bytes: Buffer.concat(chunks).byteLength }),
    )
    request.on('end', () => {
      served.push(request.url ?? '')
      if (request.url === '/slow-stream') {
        response.writeHead(200, { 'content-type': 'text/plain' })
        response.write('first')
        return
      }
      if (request.url === '/empty') {
        response.writeHead(204).end()
        return
      }
      const body = Buffer.concat(chunks)
      response.writeHead(
        201,
        'Made It',
        [
          ['X-Sha', createHash('sha256').update(body).digest('hex')],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['X-Raw-Headers', JSON.stringify(request.rawHeaders)],
          ...(request.url === '/chunks' ? [] : [['Content-Length', String(body.byteLength)]]),
        ].flat(),
      )
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The target has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    server,
    served,
    broken,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
