import { createHash, randomBytes } from 'node:crypto'
import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type FaultProxy, startFaultProxy } from './start-fault-proxy.ts'

interface Target {
  url: string
  served: string[]
  server: Server
}

const open: { close: () => Promise<void> | void }[] = []

afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close()
})

async function startTarget(): Promise<Target> {
  const served: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      served.push(request.url ?? '')
      if (request.url === '/slow-stream') {
        response.writeHead(200, { 'content-type': 'text/plain' })
        response.write('first')
        open.push({ close: () => void response.end() })
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
        ].flat(),
      )
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The target has no port.')
  open.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return { url: `http://127.0.0.1:${address.port}`, served, server }
}

async function startBoth(path = ''): Promise<{ target: Target; proxy: FaultProxy }> {
  const target = await startTarget()
  const proxy = await startFaultProxy({ target: target.url + path })
  open.push(proxy)
  return { target, proxy }
}

interface Answer {
  status: number
  message: string
  headers: IncomingMessage['headers']
  body: Buffer
}

function send(
  url: string,
  { body, agent, method = 'POST' }: { body?: Buffer; agent?: Agent; method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          message: response.statusMessage ?? '',
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const resetCode = expect.objectContaining({ code: 'ECONNRESET' })

describe('without a fault', () => {
  it('passes a body on without changing a byte', async () => {
    const { proxy } = await startBoth()
    const body = randomBytes(300_000)
    const answer = await send(`${proxy.url}/echo`, { body })
    expect(answer.headers['x-sha']).toBe(createHash('sha256').update(body).digest('hex'))
    expect(answer.body.equals(body)).toBe(true)
  })

  it('passes status, reason and repeated headers on as they are', async () => {
    const { proxy } = await startBoth()
    const answer = await send(`${proxy.url}/echo`)
    expect(answer.status).toBe(201)
    expect(answer.message).toBe('Made It')
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  it("leaves the request's headers alone, the host included", async () => {
    const { proxy } = await startBoth()
    const answer = await send(`${proxy.url}/echo`)
    const raw = JSON.parse(String(answer.headers['x-raw-headers'])) as string[]
    expect(raw).toContain(`127.0.0.1:${proxy.port}`)
  })

  it('sends the first piece of an answer on before the last one exists', async () => {
    const { proxy } = await startBoth()
    const first = await new Promise<string>((resolve, reject) => {
      const request = httpRequest(`${proxy.url}/slow-stream`, (response) => {
        response.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')))
        response.on('error', () => undefined)
      })
      request.on('error', reject)
      request.end()
    })
    expect(first).toBe('first')
  })

  it('answers many requests over one kept-alive connection', async () => {
    const { proxy } = await startBoth()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    open.push({ close: () => agent.destroy() })
    let connections = 0
    agent.on('free', () => {
      connections += 1
    })
    for (let count = 0; count < 5; count += 1) {
      const answer = await send(`${proxy.url}/echo`, { body: Buffer.from('x'), agent })
      expect(answer.status).toBe(201)
    }
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
    expect(connections).toBeGreaterThan(0)
  })

  it('puts a path in the target in front of each request', async () => {
    const { target, proxy } = await startBoth('/base')
    await send(`${proxy.url}/echo?x=1`)
    expect(target.served).toEqual(['/base/echo?x=1'])
  })

  it('resets the connection when the target itself is gone', async () => {
    const { target, proxy } = await startBoth()
    target.server.closeAllConnections()
    await new Promise((resolve) => target.server.close(resolve))
    await expect(send(`${proxy.url}/echo`)).rejects.toEqual(resetCode)
  })

  it('remembers what passed', async () => {
    const { proxy } = await startBoth()
    await send(`${proxy.url}/echo?n=1`)
    expect(proxy.requests()).toMatchObject([
      { method: 'POST', path: '/echo?n=1', fault: null, status: 201, targetStatus: 201 },
    ])
  })
})

describe('down', () => {
  it('resets new connections', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'down' })
    await expect(send(`${proxy.url}/echo`)).rejects.toEqual(resetCode)
    expect(target.served).toEqual([])
  })

  it('resets connections that were open before', async () => {
    const { proxy } = await startBoth()
    const socket = connect(proxy.port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    // The proxy has to have seen the connection too: an answer on it proves that.
    socket.write('GET /echo HTTP/1.1\r\nhost: x\r\n\r\n')
    await new Promise((resolve) => socket.once('data', resolve))
    const ended = new Promise<Error>((resolve) => socket.once('error', resolve))
    proxy.setFault({ kind: 'down' })
    expect(await ended).toEqual(resetCode)
  })

  it('is over when the fault is taken away', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'down' })
    await expect(send(`${proxy.url}/echo`)).rejects.toEqual(resetCode)
    proxy.setFault(null)
    expect((await send(`${proxy.url}/echo`)).status).toBe(201)
  })
})

describe('hang', () => {
  it('takes the request and gives no answer, and the target never sees it', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'hang' })
    const outcome = await Promise.race([
      send(`${proxy.url}/echo`, { body: Buffer.from('x') }).then(
        () => 'answered',
        () => 'broken off',
      ),
      new Promise<string>((resolve) => {
        const look = setInterval(() => {
          if (proxy.requests().length === 1) {
            clearInterval(look)
            setTimeout(() => resolve('silence'), 200)
          }
        }, 5)
      }),
    ])
    expect(outcome).toBe('silence')
    expect(target.served).toEqual([])
  })
})

describe('status503', () => {
  it('answers 503 in place of the target', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'status503' })
    expect((await send(`${proxy.url}/echo`, { body: randomBytes(100_000) })).status).toBe(503)
    expect(target.served).toEqual([])
  })

  it('leaves the connection usable for the next request', async () => {
    const { proxy } = await startBoth()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    open.push({ close: () => agent.destroy() })
    proxy.setFault({ kind: 'status503', times: 1 })
    expect((await send(`${proxy.url}/echo`, { body: randomBytes(100_000), agent })).status).toBe(503)
    expect((await send(`${proxy.url}/echo`, { body: Buffer.from('x'), agent })).status).toBe(201)
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  })

  it('strikes with the given probability, and the same requests for the same seed', async () => {
    const { proxy } = await startBoth()
    const strikes = async () => {
      proxy.setFault({ kind: 'status503', probability: 0.3, seed: 7 })
      const statuses: number[] = []
      for (let count = 0; count < 60; count += 1) statuses.push((await send(`${proxy.url}/echo`)).status)
      return statuses
    }
    const first = await strikes()
    const struck = first.filter((status) => status === 503).length
    expect(struck).toBeGreaterThan(8)
    expect(struck).toBeLessThan(30)
    expect(await strikes()).toEqual(first)
  })

  it('refuses a probability that is none', async () => {
    const { proxy } = await startBoth()
    expect(() => proxy.setFault({ kind: 'status503', probability: 1.5 })).toThrow(RangeError)
  })

  it('strikes only requests that match', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'status503', matches: ({ path }) => path.startsWith('/e/') })
    expect((await send(`${proxy.url}/health`)).status).toBe(201)
    expect((await send(`${proxy.url}/e/key`)).status).toBe(503)
  })
})

describe('lostResponse', () => {
  it('lets the target do the work and loses its answer', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'lostResponse', times: 1 })
    await expect(send(`${proxy.url}/echo`, { body: Buffer.from('x') })).rejects.toEqual(resetCode)
    expect(target.served).toEqual(['/echo'])
    expect(proxy.requests()).toMatchObject([{ fault: 'lostResponse', status: null, targetStatus: 201 }])
  })

  it('strikes as often as it was told and then no more', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'lostResponse', times: 2 })
    await expect(send(`${proxy.url}/1`)).rejects.toEqual(resetCode)
    await expect(send(`${proxy.url}/2`)).rejects.toEqual(resetCode)
    expect((await send(`${proxy.url}/3`)).status).toBe(201)
    expect(target.served).toEqual(['/1', '/2', '/3'])
  })
})
