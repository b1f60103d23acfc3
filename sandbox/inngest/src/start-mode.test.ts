import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { StartError, startInngestServer } from './index.ts'
import { signBody, verifySignature } from './protocol/signatures.ts'
import { finishedRuns } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { againstKeys, openApp, openServer } from './testing/with-server.ts'

const eventKey = againstKeys?.eventKey ?? 'the-key'

async function openSecured(appKey?: string) {
  const signingKey = againstKeys?.signingKey ?? randomBytes(32).toString('hex')
  const server = await openServer({ mode: 'start', eventKeys: [eventKey], signingKey })
  const app = await openApp(
    server.url,
    (inngest) => [inngest.createFunction({ id: 'fn', retries: 0 }, { event: 'test/fn' }, () => 'ran')],
    { eventKey, signingKey: `signkey-test-${appKey ?? signingKey}` },
  )
  const get = (path: string) =>
    fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${signingKey}` } })
  return { server, app, signingKey, get }
}

describe('start mode', () => {
  it('runs a function of an app that has the same keys', async () => {
    const { app, get } = await openSecured()
    expect(await app.register()).toMatchObject({ status: 200, modified: true })
    const { ids } = await app.inngest.send({ name: 'test/fn' })
    const runs = await waitFor('the run', async () => {
      const body: { data: { status: string; output: unknown }[] } = await (
        await get(`/v1/events/${ids[0]}/runs`)
      ).json()
      return body.data[0]?.status === 'Running' || body.data.length === 0 ? undefined : body.data
    })
    expect(runs).toMatchObject([{ status: 'Completed', output: 'ran' }])
  })

  it('signs every call so that it verifies, and not for another body (control)', async () => {
    const { app, signingKey } = await openSecured()
    await app.register()
    await app.inngest.send({ name: 'test/fn', data: { b: 1, a: { 10: 'x', 9: 'ü', z: [1.5, null] } } })
    const call = await waitFor('a call', () => app.callsOf('fn')[0])
    const signature = String(call.headers['x-inngest-signature'])
    expect(verifySignature(call.text, signature, signingKey, Date.now())).toBe(true)
    expect(verifySignature(`${call.text} `, signature, signingKey, Date.now())).toBe(false)
    await waitFor('its answer', () => call.status === 200)
  })

  it('refuses an unknown event key', async () => {
    const { server } = await openSecured()
    const response = await fetch(`${server.url}/e/wrong`, { method: 'POST', body: '{"name":"a"}' })
    expect(response.status).toBe(401)
    expect(JSON.parse(await response.text())).toEqual({
      status: 401,
      message: '',
      error: 'Event key not found',
    })
  })

  it('refuses to register an app that has another signing key', async () => {
    const { app, get } = await openSecured(randomBytes(32).toString('hex'))
    expect((await app.register()).status).toBe(500)
    // The real server has no such address in this mode.
    const response = await get('/dev')
    expect(await response.text()).not.toContain(app.id)
  })

  it.each(['/fn/register', '/v1/events', '/v1/runs/x', '/dev'])(
    'guards %s with the signing key',
    async (path) => {
      const { server, get } = await openSecured()
      const method = path === '/fn/register' ? 'POST' : 'GET'
      for (const authorization of ['', 'Bearer wrong', 'Bearer undefined']) {
        const response = await fetch(`${server.url}${path}`, { method, headers: { authorization } })
        expect(response.status).toBe(401)
        expect((await response.text()).trim()).toBe('Authentication failed')
      }
      if (method === 'GET') expect((await get(path)).status).not.toBe(401)
    },
  )

  it('does not believe a reply that is not signed', async () => {
    const { app, get } = await openSecured()
    await app.register()
    app.intercept((_call, response) => {
      response.writeHead(200, { 'x-inngest-sdk': 'js:v3.54.2' }).end('"forged"')
      return true
    })
    const { ids } = await app.inngest.send({ name: 'test/fn' })
    const run = await waitFor('the run to fail', async () => {
      const body: { data: { status: string; output: unknown }[] } = await (
        await get(`/v1/events/${ids[0]}/runs`)
      ).json()
      return body.data.find(({ status }) => status === 'Failed')
    })
    expect(JSON.stringify(run.output)).toContain('not signed')
  })

  it('believes a reply that is signed (control)', async () => {
    const { app, signingKey, get } = await openSecured()
    await app.register()
    app.intercept((_call, response) => {
      const signature = signBody('"genuine"', signingKey, Date.now())
      response
        .writeHead(200, { 'x-inngest-sdk': 'js:v3.54.2', 'x-inngest-signature': signature })
        .end('"genuine"')
      return true
    })
    const { ids } = await app.inngest.send({ name: 'test/fn' })
    await waitFor('the run', async () => {
      const body: { data: { output: unknown }[] } = await (await get(`/v1/events/${ids[0]}/runs`)).json()
      return body.data.some(({ output }) => output === 'genuine')
    })
  })

  it.each([
    ['no signing key', { eventKeys: ['k'] }],
    ['no event key', { signingKey: 'abcd' }],
    ['a signing key that is not hex', { eventKeys: ['k'], signingKey: 'secret' }],
  ])('does not start with %s', async (_what, options) => {
    await expect(startInngestServer({ mode: 'start', ...options })).rejects.toThrow(StartError)
  })
})

describe('dev mode', () => {
  it('takes any event key and signs nothing', async () => {
    const server = await openServer()
    const app = await openApp(server.url, (inngest) => [
      inngest.createFunction({ id: 'fn' }, { event: 'test/fn' }, () => null),
    ])
    await app.register()
    const { ids } = await app.inngest.send({ name: 'test/fn' })
    await finishedRuns(server.url, ids[0] ?? '')
    expect(app.callsOf('fn')[0]?.headers['x-inngest-signature']).toBeUndefined()
  })

  it('does not start with keys it would not enforce', async () => {
    await expect(startInngestServer({ eventKeys: ['k'] })).rejects.toThrow(StartError)
  })

  it('says which port is taken', async () => {
    const server = await openServer()
    await expect(startInngestServer({ port: server.port })).rejects.toThrow(
      `Port ${server.port} on 127.0.0.1 is taken`,
    )
  })
})
