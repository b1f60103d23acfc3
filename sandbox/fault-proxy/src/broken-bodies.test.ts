import { createHash, randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { describe, expect, it } from 'vitest'
import { send } from './testing/send.ts'
import { closeAfterTest, resetCode, startBoth, until } from './testing/test-proxy.ts'

const body = randomBytes(400_000)
const brokenCaller = expect.objectContaining({ code: expect.stringMatching(/ECONNRESET|EPIPE/) })

describe('duplicate', () => {
  it('sends the request twice and returns one answer', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'duplicate', times: 1 })
    const answer = await send(`${proxy.url}/twice`, { body })
    expect(answer.headers['x-sha']).toBe(createHash('sha256').update(body).digest('hex'))
    await until('the second copy has been answered', () => proxy.requests()[0]?.copyStatus === 201)
    await send(`${proxy.url}/once`, { body })
    expect(target.served.toSorted()).toEqual(['/once', '/twice', '/twice'])
  })

  it('sends both copies whole', async () => {
    const { target, proxy } = await startBoth()
    const sums: string[] = []
    target.server.removeAllListeners('request')
    target.server.on('request', (request, response) => {
      const sum = createHash('sha256')
      request.on('data', (chunk: Buffer) => sum.update(chunk))
      request.on('end', () => {
        sums.push(sum.digest('hex'))
        response.end()
      })
    })
    proxy.setFault({ kind: 'duplicate' })
    await send(`${proxy.url}/twice`, { body, chunked: true })
    const whole = createHash('sha256').update(body).digest('hex')
    await until('both have come', () => sums.length === 2)
    expect(sums).toEqual([whole, whole])
  })

  it('leaves the connection usable for the next request', async () => {
    const { proxy } = await startBoth()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    closeAfterTest({ close: () => agent.destroy() })
    proxy.setFault({ kind: 'duplicate' })
    for (let count = 0; count < 3; count += 1) {
      expect((await send(`${proxy.url}/twice`, { body, agent })).body.equals(body)).toBe(true)
    }
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  })
})

describe('cutRequest', () => {
  it('shows the target a body that breaks off half-way', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutRequest', times: 1 })
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toEqual(brokenCaller)
    await until('the target has seen it', () => target.broken.length === 1)
    expect(target.broken).toEqual([{ path: '/cut', bytes: 200_000 }])
    expect((await send(`${proxy.url}/whole`, { body })).status).toBe(201)
    expect(target.served).toEqual(['/whole'])
  })

  it.each([0, 1, 70_000])('lets exactly %i bytes through when told so', async (afterBytes) => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutRequest', afterBytes })
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toEqual(brokenCaller)
    await until('the target has seen it', () => target.broken.length === 1)
    expect(target.broken).toEqual([{ path: '/cut', bytes: afterBytes }])
  })

  it('cuts a body of unknown length, and one that is shorter than the bytes allowed', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutRequest', afterBytes: 10_000_000 })
    await expect(send(`${proxy.url}/chunked`, { body, chunked: true })).rejects.toEqual(brokenCaller)
    await expect(send(`${proxy.url}/short`, { body: Buffer.from('xyz') })).rejects.toEqual(brokenCaller)
    await until('the target has seen both', () => target.broken.length === 2)
    expect(target.broken).toEqual([
      { path: '/chunked', bytes: 400_000 },
      { path: '/short', bytes: 2 },
    ])
    expect(target.served).toEqual([])
  })

  it('passes requests without a body, and keeps its turns for those with one', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'cutRequest', times: 1 })
    expect((await send(`${proxy.url}/echo`, { method: 'GET' })).status).toBe(201)
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toEqual(brokenCaller)
  })

  it('leaves no connection behind', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutRequest' })
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toEqual(brokenCaller)
    await until('the target has no connection', async () => (await target.connections()) === 0)
  })
})

describe('cutResponse', () => {
  it('lets the target do the work and breaks its answer off half-way', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutResponse', times: 1 })
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toMatchObject({ status: 201, bytes: 200_000 })
    expect(target.served).toEqual(['/cut'])
    expect((await send(`${proxy.url}/whole`, { body })).body.equals(body)).toBe(true)
  })

  it.each([0, 1, 70_000])('lets exactly %i bytes through when told so', async (afterBytes) => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'cutResponse', afterBytes })
    await expect(send(`${proxy.url}/cut`, { body })).rejects.toMatchObject({ status: 201, bytes: afterBytes })
  })

  it('withholds the end of an answer whose length is not announced', async () => {
    const { proxy } = await startBoth()
    proxy.setFault({ kind: 'cutResponse', afterBytes: 10_000_000 })
    await expect(send(`${proxy.url}/chunks`, { body })).rejects.toMatchObject({ status: 201, bytes: 400_000 })
  })

  it('loses an answer without a body as a whole', async () => {
    const { target, proxy } = await startBoth()
    proxy.setFault({ kind: 'cutResponse' })
    await expect(send(`${proxy.url}/empty`)).rejects.toEqual(resetCode)
    expect(target.served).toEqual(['/empty'])
  })
})
