import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {NextApiRequest, NextApiResponse} from 'next'

/**
 * An API route of Next behind a real HTTP server, for routes that read the request themselves: `query`, `status` and
 * `json` are all that they use of Next.
 */
export async function serveRoute(
  handler: (request: NextApiRequest, response: NextApiResponse) => Promise<void> | void,
): Promise<{url: string; close(): Promise<void>}> {
  const server = createServer((request, response) => {
    void handler(withQuery(request), withJson(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function withQuery(request: IncomingMessage): NextApiRequest {
  const {searchParams} = new URL(request.url ?? '/', 'http://app')
  return Object.assign(request, {
    query: Object.fromEntries(searchParams),
    cookies: {},
    body: undefined,
    env: {},
  }) as unknown as NextApiRequest
}

function withJson(response: ServerResponse): NextApiResponse {
  const extended = Object.assign(response, {
    status(code: number) {
      response.statusCode = code
      return extended
    },
    json(body: unknown) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    },
  }) as unknown as NextApiResponse
  return extended
}
