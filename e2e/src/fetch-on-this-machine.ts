import { Agent, request as sendRequest } from 'node:http'
import type { LookupFunction } from 'node:net'

/** `.test` names belong to nobody: here they all mean this machine, as the browser is told by `openBrowser`. */
const lookup: LookupFunction = (_name, options, found) => {
  if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }])
  else found(null, '127.0.0.1', 4)
}
const agent = new Agent({ lookup, keepAlive: true })
/** Answers that may not have a body. */
const WITHOUT_BODY = new Set([204, 205, 304])

/**
 * `fetch` for the tests' own stack, whose apps go by names that no name server knows (`tt.test`). Other addresses are
 * left to the built-in one. Redirects from `.test` names are not followed: `createHttpSession` does that, with cookies.
 */
export const fetchOnThisMachine: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!url.hostname.endsWith('.test')) return fetch(input, init)
  const request = new Request(input, init)
  const body = Buffer.from(await request.arrayBuffer())
  return new Promise<Response>((resolve, reject) => {
    const sent = sendRequest(
      url,
      {
        agent,
        method: request.method,
        headers: {
          ...Object.fromEntries(request.headers),
          ...(body.length === 0 ? {} : { 'content-length': body.length }),
        },
        signal: request.signal,
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.once('error', reject)
        answer.once('end', () => {
          const headers = new Headers()
          for (let index = 0; index < answer.rawHeaders.length; index += 2) {
            headers.append(answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? '')
          }
          const status = answer.statusCode ?? 502
          const content = WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks)
          const response = new Response(content, { status, headers })
          // A response that was made here has no address of its own, and cookies hang on it.
          Object.defineProperty(response, 'url', { value: url.href })
          resolve(response)
        })
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}
