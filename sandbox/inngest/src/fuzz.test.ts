import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { sendAndFinish } from './testing/test-app.ts'
import { openServer, openServerAndApp } from './testing/with-server.ts'

/** A repeatable source of chance: a failure names its seed. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 12)) >>> 0) / 2 ** 32
  }
}

const fragments = [
  '{',
  '}',
  '[',
  ']',
  '"name"',
  ':',
  ',',
  '"a"',
  '"inngest/x"',
  'null',
  'true',
  '-1',
  '1e999',
  '"ts"',
  '"data"',
  '"id"',
  '\u0000',
  '\ud800',
  '"\\ud800"',
  '"__proto__"',
  '"functions"',
  '"url"',
  '"http://127.0.0.1:9"',
  '"appName"',
  '"sdk"',
  '"js:v3.54.2"',
  '"triggers"',
  '"steps"',
  '{"constructor":{}}',
  ' ',
  '%',
  '\\',
  "'",
  '<script>',
]
const paths = [
  '/e/k',
  '/e',
  '/e/',
  '/fn/register',
  '/v1/events',
  '/v1/events/x',
  '/v1/events/x/runs',
  '/v1/runs/x',
  '/dev',
  '/health',
  '/',
  '/runs/x',
  '/events/x',
  '/%',
  '/%ff',
  '/v1',
  '/../../etc/passwd',
  '/?runs=x',
  '/?runs=-1',
  '/v1/events?limit=x',
  '/v1/events?limit=-1',
  '//evil',
  '/runs/%3Cscript%3E',
]
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']

function send(url: string, path: string, method: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    const text = method === 'GET' || method === 'HEAD' ? '' : body
    // Node's client sends a DELETE with a body but without its length unless told.
    const headers = { 'content-length': Buffer.byteLength(text) }
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
  it('answers anything with less than 500, and goes on working', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => 'well'),
    ])
    const seed = Math.floor(Math.random() * 2 ** 31)
    const next = chance(seed)
    const pick = (list: string[]) => list[Math.floor(next() * list.length)] ?? ''
    for (let round = 0; round < 600; round++) {
      const body = Array.from({ length: Math.floor(next() * 12) }, () => pick(fragments)).join('')
      const [path, method] = [pick(paths), pick(methods)]
      const status = await send(server.url, path, method, body).catch((error: Error) => error.message)
      const what = `seed ${seed}: ${method} ${path} ${body} gave ${status}`
      expect(typeof status === 'number' && status >= 200 && status < 500, what).toBe(true)
    }
    expect(await sendAndFinish(app, server.url, { name: 'test/fn' })).toMatchObject({ output: 'well' })
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
