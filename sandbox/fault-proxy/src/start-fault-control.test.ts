import { describe, expect, it } from 'vitest'
import { type FaultControlState, startFaultControl } from './start-fault-control.ts'
import { startFaultProxy } from './start-fault-proxy.ts'
import { send } from './testing/send.ts'
import { closeAfterTest, startBoth } from './testing/test-proxy.ts'

async function startWithControl() {
  const { target, proxy } = await startBoth()
  const other = closeAfterTest(await startFaultProxy({ target: target.url }))
  const control = closeAfterTest(await startFaultControl({ proxies: { stripeToTt: proxy, ttToAh: other } }))
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(control.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  // The API's own answer to the request just made.
  const state = async (name: string) => (await (await call('GET', `/${name}`)).json()) as FaultControlState
  return { target, proxy, other, control, call, state }
}

describe('the control API', () => {
  it('sets, shows and takes away a fault', async () => {
    const { proxy, call, state } = await startWithControl()
    const added = await call('POST', '/stripeToTt/faults', { kind: 'status', status: 502 })
    expect(added.status).toBe(201)
    const { id } = (await added.json()) as { id: string }
    expect((await send(`${proxy.url}/x`)).status).toBe(502)
    expect((await state('stripeToTt')).faults).toEqual([
      {
        id,
        fault: { kind: 'status', status: 502 },
        says: 'Every request is answered with 502, until this is cleared.',
        struck: 1,
      },
    ])
    expect((await call('DELETE', `/stripeToTt/faults/${id}`)).status).toBe(204)
    expect((await call('DELETE', `/stripeToTt/faults/${id}`)).status).toBe(404)
    expect((await send(`${proxy.url}/x`)).status).toBe(201)
  })

  it('counts what was done', async () => {
    const { proxy, call, state } = await startWithControl()
    await call('POST', '/stripeToTt/faults', '"status:500,times=2"')
    for (const path of ['/1', '/2', '/3']) await send(proxy.url + path)
    expect((await state('stripeToTt')).counts).toEqual({
      requests: 3,
      passed: 1,
      struck: { status: 2 },
      refusedConnections: 0,
    })
  })

  it('puts a list of faults in place of all before', async () => {
    const { proxy, call } = await startWithControl()
    await call('POST', '/stripeToTt/faults', '"status503"')
    await call('PUT', '/stripeToTt/faults', ['status:500,path=/a', { kind: 'delay', delayMs: 1 }])
    expect(proxy.faults().map(({ fault }) => fault.kind)).toEqual(['status', 'delay'])
    await call('PUT', '/stripeToTt/faults', [])
    expect(proxy.faults()).toEqual([])
  })

  it('leaves the faults as they are when one of a list is wrong', async () => {
    const { proxy, call } = await startWithControl()
    await call('POST', '/stripeToTt/faults', '"status503"')
    const answer = await call('PUT', '/stripeToTt/faults', ['status:500', 'slow'])
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('“slow” is no fault')
    expect(proxy.faults().map(({ fault }) => fault.kind)).toEqual(['status503'])
  })

  it('knows every proxy and heals all of them at once', async () => {
    const { proxy, other, call } = await startWithControl()
    proxy.setFault({ kind: 'down' })
    other.setFault({ kind: 'hang' })
    const all = (await (await call('GET', '/')).json()) as { kinds: string[]; proxies: FaultControlState[] }
    expect(all.kinds).toContain('cutResponse')
    expect(all.proxies.map(({ name, faults }) => [name, faults[0]?.fault.kind])).toEqual([
      ['stripeToTt', 'down'],
      ['ttToAh', 'hang'],
    ])
    await call('DELETE', '/faults')
    expect([...proxy.faults(), ...other.faults()]).toEqual([])
  })

  it('shows the requests that passed, and only younger ones when asked', async () => {
    const { proxy, call } = await startWithControl()
    await send(`${proxy.url}/x`)
    const read = async (query: string) =>
      (await (await call('GET', `/stripeToTt/requests${query}`)).json()) as { path: string; at: number }[]
    const [first] = await read('')
    expect(first).toMatchObject({ path: '/x', status: 201, fault: null })
    expect(await read(`?after=${first?.at}`)).toEqual([])
  })

  it.each([
    ['GET', '/nobody', 404],
    ['GET', '/constructor', 404],
    ['PATCH', '/stripeToTt', 404],
    ['GET', '/stripeToTt/nothing', 404],
  ])('says of what it does not have that it does not have it: %s %s', async (method, path, status) => {
    const { call } = await startWithControl()
    expect((await call(method, path)).status).toBe(status)
  })

  it('refuses a page elsewhere, and bodies that such a page can send unasked', async () => {
    const { proxy, call, control } = await startWithControl()
    const fault = '"down"'
    const path = '/stripeToTt/faults'
    expect((await call('POST', path, fault, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await call('POST', path, fault, { origin: 'http://evil.test' })).status).toBe(403)
    const rebound = await send(control.url + path, { headers: { host: 'evil.test' } })
    expect(rebound.status).toBe(421)
    expect(proxy.faults()).toEqual([])
    expect((await call('POST', path, fault, { origin: control.url })).status).toBe(201)
  })

  it('refuses a body that is no JSON or has no end in sight', async () => {
    const { call } = await startWithControl()
    expect((await call('POST', '/stripeToTt/faults', '{')).status).toBe(400)
    expect((await call('POST', '/stripeToTt/faults', 'x'.repeat(20_000))).status).toBe(413)
  })
})
