import { createHash, randomBytes } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startFaultProxy } from './start-fault-proxy.ts'
import { send } from './testing/send.ts'
import { closeAfterTest, resetCode, startBoth, until } from './testing/test-proxy.ts'

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
    closeAfterTest({ close: () => agent.destroy() })
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
  it('takes the request and gives no answer, while others are answered', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'hang', times: 1 })
    let ended = false
    const caller = new AbortController()
    const hanging = send(`${proxy.url}/hanging`, { body: Buffer.from('x'), signal: caller.signal }).finally(
      () => {
        ended = true
      },
    )
    await until('the proxy has taken it', () => proxy.requests().length === 1)
    expect((await send(`${proxy.url}/next`)).status).toBe(201)
    expect(ended).toBe(false)
    expect(target.served).toEqual(['/next'])
    caller.abort()
    await expect(hanging).rejects.toThrow('aborted')
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
    closeAfterTest({ close: () => agent.destroy() })
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

describe('drop', () => {
  it('loses the request before the target sees it', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'drop', times: 1 })
    await expect(send(`${proxy.url}/lost`, { body: randomBytes(100_000) })).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/ECONNRESET|EPIPE/) }),
    )
    expect((await send(`${proxy.url}/kept`)).status).toBe(201)
    expect(target.served).toEqual(['/kept'])
  })

  it('loses the same share of the same requests for the same seed', async () => {
    const { proxy } = await startBoth()
    const lostOf = async (seed: number) => {
      proxy.setFault({ kind: 'drop', probability: 0.4, seed })
      const lost: number[] = []
      for (let count = 0; count < 60; count += 1) {
        await send(`${proxy.url}/echo`).catch(() => lost.push(count))
      }
      return lost
    }
    const first = await lostOf(3)
    expect(first.length).toBeGreaterThan(12)
    expect(first.length).toBeLessThan(36)
    expect(await lostOf(3)).toEqual(first)
    expect(await lostOf(4)).not.toEqual(first)
  })
})

describe('status', () => {
  it('answers the status it was given in place of the target', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'status', status: 502 })
    const answer = await send(`${proxy.url}/echo`, { body: randomBytes(100_000) })
    expect(answer.status).toBe(502)
    expect(answer.message).toBe('Bad Gateway')
    expect(target.served).toEqual([])
    proxy.setFault(null)
    expect((await send(`${proxy.url}/echo`)).status).toBe(201)
  })

  it.each([undefined, 200, 302, 600, 500.5])('refuses %s, which is no error', async (status) => {
    const { proxy } = await startBoth()
    expect(() => proxy.setFault({ kind: 'status', ...(status === undefined ? {} : { status }) })).toThrow(
      RangeError,
    )
  })
})

describe('several faults', () => {
  it('let each request meet the first one that strikes it', async () => {
    const { proxy } = await startBoth()
    proxy.addFault({ kind: 'status', status: 500, path: '/a' })
    proxy.addFault({ kind: 'status', status: 502, method: 'get' })
    expect((await send(`${proxy.url}/a`, { method: 'GET' })).status).toBe(500)
    expect((await send(`${proxy.url}/b`, { method: 'GET' })).status).toBe(502)
    expect((await send(`${proxy.url}/b`)).status).toBe(201)
  })

  it('are counted one by one', async () => {
    const { proxy } = await startBoth()
    const first = proxy.addFault({ kind: 'status', status: 500, path: '/a' })
    proxy.addFault({ kind: 'status503', path: '/b' })
    for (const path of ['/a', '/a', '/b', '/c']) await send(proxy.url + path)
    expect(proxy.faults().map(({ struck }) => struck)).toEqual([2, 1])
    expect(proxy.removeFault(first)).toBe(true)
    expect(proxy.removeFault(first)).toBe(false)
    expect((await send(`${proxy.url}/a`)).status).toBe(201)
    expect(proxy.counts()).toEqual({
      requests: 5,
      passed: 2,
      struck: { status: 2, status503: 1 },
      refusedConnections: 0,
    })
  })

  it('leave what was set alone when an impossible one is refused', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'status503' })
    expect(() => proxy.setFault({ kind: 'delay' })).toThrow(RangeError)
    expect(proxy.faults().map(({ fault }) => fault.kind)).toEqual(['status503'])
  })
})

describe('its connections', () => {
  it('leave none to the target behind', async () => {
    const { target, proxy } = await startBoth()
    const agent = new Agent({ keepAlive: true })
    closeAfterTest({ close: () => agent.destroy() })
    await Promise.all(
      Array.from({ length: 20 }, () => send(`${proxy.url}/echo`, { body: randomBytes(1000), agent })),
    )
    await until('the target has no connection', async () => (await target.connections()) === 0)
    // The control: connections that go on are counted.
    await send(`${target.url}/echo`, { agent })
    expect(await target.connections()).toBe(1)
  })

  it('end at the target when the caller goes away in the middle of an answer', async () => {
    const { target, proxy } = await startBoth()
    const caller = new AbortController()
    const request = httpRequest(`${proxy.url}/slow-stream`, { signal: caller.signal }, (response) => {
      response.on('error', () => undefined)
      response.once('data', () => caller.abort())
    })
    request.on('error', () => undefined)
    request.end()
    await until('the target has answered', () => target.served.length === 1)
    await until('the target has no connection', async () => (await target.connections()) === 0)
  })

  it('read the next request right after the target refused to read a body', async () => {
    const { proxy, target } = await startBoth()
    target.server.removeAllListeners('request')
    let requests = 0
    target.server.on('request', (_request, response) => {
      requests += 1
      response.writeHead(413, { connection: 'close' })
      response.end('too large', () => response.socket?.destroySoon())
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    closeAfterTest({ close: () => agent.destroy() })
    const large = randomBytes(5_000_000)
    const outcome = () =>
      send(`${proxy.url}/echo`, { body: large, agent }).then(
        ({ status }) => status,
        () => 'reset',
      )
    // A target that hangs up while it is sent to may also lose its answer: both are its doing, silence is neither.
    expect([413, 'reset']).toContain(await outcome())
    expect([413, 'reset']).toContain(await outcome())
    expect(requests).toBe(2)
  })

  it('are taken on this machine only', async () => {
    await expect(startFaultProxy({ target: 'http://127.0.0.1:1', host: '0.0.0.0' })).rejects.toThrow(
      RangeError,
    )
  })
})
