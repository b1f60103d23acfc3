import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {NextApiRequest, NextApiResponse} from 'next'

type Handler = (request: NextApiRequest, response: NextApiResponse) => unknown

/**
 * An API route of Next behind a real HTTP server, for routes that read the request themselves: `query`, `cookies`,
 * `body`, `status`, `json`, `send` and `redirect` are all that they use of Next.
 *
 * @param options.parseBody false leaves the body to the handler, as `bodyParser: false` does
 */
export async function serveRoute(
  handler: Handler,
  {parseBody = false}: {parseBody?: boolean} = {},
): Promise<{url: string; close(): Promise<void>}> {
  const server = createServer((request, response) => {
    void run(handler, request, response, parseBody)
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

async function run(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  parseBody: boolean,
): Promise<void> {
  try {
    const body = parseBody ? await readBody(request) : undefined
    await handler(asNextRequest(request, body), asNextResponse(response))
  } catch {
    response.statusCode = 500
    response.end('Internal Server Error')
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return fieldsOf(new URLSearchParams(text))
  return type.startsWith('application/json') ? JSON.parse(text || 'null') : text
}

/** A field that is given twice is a list, as Next has it. */
function fieldsOf(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

function asNextRequest(request: IncomingMessage, body: unknown): NextApiRequest {
  const {pathname, searchParams} = new URL(request.url ?? '/', 'http://app')
  const cookies = (request.headers.cookie ?? '').split('; ').filter(Boolean)
  return Object.assign(request, {
    query: {
      ...fieldsOf(searchParams),
      // What the folder of the sign-in route makes of the path.
      ...(pathname.startsWith('/api/auth/') ? {nextauth: pathname.split('/').slice(3)} : {}),
    },
    cookies: Object.fromEntries(
      cookies.map((cookie) => {
        const at = cookie.indexOf('=')
        return [cookie.slice(0, at), decodeURIComponent(cookie.slice(at + 1))]
      }),
    ),
    body,
    env: {},
  }) as unknown as NextApiRequest
}

function asNextResponse(response: ServerResponse): NextApiResponse {
  const extended = Object.assign(response, {
    status(code: number) {
      response.statusCode = code
      return extended
    },
    json(body: unknown) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    },
    send(body: unknown) {
      if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body)) extended.json(body)
      else response.end(body)
    },
    redirect(status: number, url: string) {
      response.statusCode = status
      response.setHeader('location', url)
      response.end()
    },
  }) as unknown as NextApiResponse
  return extended
}
