import { request } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sendAndFinish } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { openServer, openServerAndApp } from './testing/with-server.ts'

/** `TEST_FULL=1` goes on ten times as long. */
const thoroughness = process.env.TEST_FULL === '1' ? 10 : 1

/** Bits of what the server understands, so that what is generated gets past the first check now and then. */
const words = [
  'name',
  'data',
  'ts',
  'id',
  'user',
  'functions',
  'url',
  'appName',
  'sdk',
  'triggers',
  'steps',
  'query',
]
const values = [
  'test/a',
  'inngest/x',
  'js:v3.54.2',
  'http://127.0.0.1:9/x',
  '{ run(runID: "x") { id } }',
  '__proto__',
  '\u0000',
  '\ud800',
  '<script>',
  '1h',
  -1,
  1e300,
  null,
]
const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom(...words), fc.oneof(fc.constantFrom(...values), fc.jsonValue()), {
    maxKeys: 6,
  }),
  fc.array(fc.dictionary(fc.constantFrom(...words), fc.constantFrom(...values)), { maxLength: 4 }),
)
const anyBody = fc.oneof(
  anyJson.map((value) => JSON.stringify(value)),
  anyJson.chain((value) => {
    // Cut off somewhere, as by a broken connection.
    const text = JSON.stringify(value)
    return fc.nat(text.length).map((length) => text.slice(0, length))
  }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('token=x&name=a&data={', 'name=%ff', '['.repeat(100_000), ''),
)
const segment = fc.oneof(
  fc.constantFrom(
    'e',
    'fn',
    'register',
    'v0',
    'gql',
    'v1',
    'events',
    'runs',
    'dev',
    'clock',
    'health',
    'send',
  ),
  fc.constantFrom('rerun', 'cancel', 'checkpoint', 'x', '..', '%', '%ff', '%3Cscript%3E', '', '*'),
  fc.webSegment(),
)
const anyPath = fc.tuple(
  fc.array(segment, { maxLength: 5 }),
  fc.oneof(
    fc.constant(''),
    fc.webQueryParameters().map((query) => `?${query}`),
    fc.constant('?limit=-1&runs=x'),
  ),
)
const anyHeaders = fc.dictionary(
  fc.constantFrom(
    'x-inngest-event-id-seed',
    'authorization',
    'origin',
    'sec-fetch-site',
    'content-type',
    'host',
  ),
  fc.constantFrom(
    'x',
    '1,AAAAAAAAAAAAAA==',
    'Bearer x',
    'http://evil.example',
    'cross-site',
    'same-origin',
    '1,',
  ),
)
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
  path: anyPath.map(([segments, query]) => `/${segments.join('/')}${query}`),
  headers: anyHeaders,
  body: anyBody,
})

type Sent = { method: string; path: string; headers: Record<string, string>; body: string }

function send(url: string, { method, path, headers: given, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    const text = method === 'GET' || method === 'HEAD' ? '' : body
    // Node's client sends a DELETE with a body but without its length unless told.
    const headers = { ...given, 'content-length': Buffer.byteLength(text) }
    const sending = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
    sending.on('error', reject)
    sending.end(text)
  })
}

describe('the HTTP surface', () => {
  it('answers anything with less than 500, and goes on working', { timeout: 60_000 }, async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => 'well'),
    ])
    const property = fc.asyncProperty(anyRequest, async (request) => {
      const status = await send(server.url, request)
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    })
    await fc.assert(property, { numRuns: 500 * thoroughness })
    expect(await sendAndFinish(app, server.url, { name: 'test/fn' })).toMatchObject({ output: 'well' })
  })

  it('says 4xx to what is not understood, at every address that takes a body', {
    timeout: 60_000,
  }, async () => {
    const server = await openServer()
    const property = fc.asyncProperty(
      fc.constantFrom('/e/key', '/fn/register', '/v0/gql', '/dev/clock', '/send', '/runs/x/cancel'),
      fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.trim() !== '' && !isJson(text)),
      async (path, body) => {
        const status = await send(server.url, { method: 'POST', path, headers: {}, body })
        expect(status).toBeGreaterThanOrEqual(400)
        expect(status).toBeLessThan(500)
      },
    )
    await fc.assert(property, { numRuns: 150 * thoroughness })
  })

  it.each([
    'GARBAGE\r\n\r\n',
    'GET http://elsewhere/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'POST /e/k HTTP/1.1\r\nHost: x\r\nContent-Length: nine\r\n\r\n',
    'POST /e/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ])('answers %j on the wire with a 4xx', async (text) => {
    const server = await openServer()
    const answer = await new Promise<string>((resolve, reject) => {
      let received = ''
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (chunk) => {
        received += chunk.toString()
      })
      socket.on('close', () => resolve(received))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  it('survives a sender that hangs up in the middle', async () => {
    const server = await openServer()
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write('POST /e/k HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"name":')
        socket.end()
      })
      socket.on('close', () => resolve())
      socket.on('error', () => resolve())
      socket.resume()
    })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  it('refuses a body of more than 64 MiB while it is still being sent', async () => {
    const server = await openServer()
    const body = 'x'.repeat(65 * 1024 * 1024)
    const status = await fetch(`${server.url}/e/k`, { method: 'POST', body }).then(
      (response) => response.status,
      () => 'cut off',
    )
    expect([413, 'cut off']).toContain(status)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })
})

const anyOperation = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'step', ''),
    op: fc.constantFrom(
      'StepRun',
      'StepError',
      'StepFailed',
      'Sleep',
      'WaitForEvent',
      'InvokeFunction',
      'RunComplete',
    ),
    name: fc.constantFrom('1s', 'soon', '', '2999-01-01T00:00:00Z', 'test/never'),
    opts: fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('timeout', 'if', 'function_id', 'payload'),
        fc.constantFrom('1s', '((', 'x'),
      ),
    ),
    data: fc.jsonValue(),
    error: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const anyReply = fc.record({
  status: fc.constantFrom(200, 201, 204, 206, 206, 206, 206, 400, 404, 500, 503),
  body: fc.oneof(
    fc.array(anyOperation, { maxLength: 4 }).map((operations) => JSON.stringify(operations)),
    anyBody,
  ),
  headers: fc.dictionary(
    fc.constantFrom('x-inngest-sdk', 'x-inngest-no-retry', 'retry-after', 'x-inngest-req-version'),
    fc.constantFrom('js:v3.54.2', 'true', '0', '1', '-5', 'never'),
  ),
})

describe('an app that answers garbage', () => {
  it('never stops the functions of others', { timeout: 60_000 }, async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'odd', retries: 1 }, { event: 'test/odd' }, () => null),
      inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => 'well'),
    ])
    const property = fc.asyncProperty(anyReply, async ({ status, headers, body }) => {
      app.intercept((call, response) => {
        if (!call.functionId.endsWith('-odd')) return false
        response.writeHead(status, { 'x-inngest-sdk': 'js:v3.54.2', ...headers }).end(body)
        return true
      })
      const before = app.callsOf('odd').length
      await app.inngest.send({ name: 'test/odd' })
      await waitFor('the call', () => app.callsOf('odd').length > before)
      expect(await sendAndFinish(app, server.url, { name: 'test/fn' })).toMatchObject({ output: 'well' })
    })
    await fc.assert(property, { numRuns: 60 * thoroughness })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
