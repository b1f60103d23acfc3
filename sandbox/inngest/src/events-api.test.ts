import { describe, expect, it } from 'vitest'
import { finishedRuns, runsOf } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { openServer, openServerAndApp } from './testing/with-server.ts'

const wrongType = 'json: cannot unmarshal'

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/

async function post(serverUrl: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${serverUrl}/e/any-key`, { method: 'POST', body, headers })
  const answer: { ids: string[]; status: number; error?: string } = JSON.parse(await response.text())
  return { httpStatus: response.status, ...answer }
}

describe('POST /e/<key>', () => {
  it('gives every event an id of the server, in order', async () => {
    const server = await openServer()
    const one = await post(server.url, JSON.stringify({ name: 'a/one', id: 'mine' }))
    expect(one).toMatchObject({ httpStatus: 200, status: 200 })
    expect(one.ids[0]).toMatch(ulid)
    const { ids } = await post(
      server.url,
      JSON.stringify([{ name: 'a/two' }, { name: 'a/three', data: null }]),
    )
    const events = await Promise.all(
      ids.map((id) =>
        waitFor(`event ${id}`, async () => {
          const response = await fetch(`${server.url}/v1/events/${id}?fresh=${Date.now()}`)
          const body: { data?: { name: string; data: unknown } | null } = await response.json()
          return body.data ?? undefined
        }),
      ),
    )
    expect(events).toMatchObject([
      { name: 'a/two', data: {} },
      { name: 'a/three', data: {} },
    ])
  })

  it.each([
    ['broken JSON', '{"name":', 'unexpected end of JSON input'],
    ['no name', '{"data":{}}', 'event name is empty'],
    ['an empty name', '{"name":""}', 'event name is empty'],
    [
      'a name that is a number',
      '{"name":1}',
      `${wrongType} number into Go struct field raw.name of type string`,
    ],
    ['data that is an array', '{"name":"a","data":[]}', `${wrongType} array into Go struct field raw.data`],
    ['data that is a text', '{"name":"a","data":"x"}', `${wrongType} string into Go struct field raw.data`],
    ['a user that is a list', '{"name":"a","user":[]}', `${wrongType} array into Go struct field raw.user`],
    [
      'an id that is a number',
      '{"name":"a","id":5}',
      `${wrongType} number into Go struct field raw.id of type string`,
    ],
    [
      'a ts that is a text',
      '{"name":"a","ts":"now"}',
      `${wrongType} string into Go struct field raw.ts of type int64`,
    ],
    [
      'half a millisecond',
      '{"name":"a","ts":1.5}',
      `${wrongType} number 1.5 into Go struct field raw.ts of type int64`,
    ],
    ['a ts in the far future', '{"name":"a","ts":5102444800000}', 'timestamp is after Jan 1, 2100'],
    ['a negative ts', '{"name":"a","ts":-1}', 'timestamp is before Jan 1, 1980'],
    ['a scalar', '7', 'Request body must contain an event object or an array of event objects'],
    ['null', 'null', 'Request body must contain an event object or an array of event objects'],
    ['a text', 'nope', 'Request body must contain an event object or an array of event objects'],
    ['a list of scalars', '[7]', `${wrongType} number into Go value of type event.raw`],
    ['a list of nothing', '[null]', 'event name is empty'],
    ['a reserved name in capitals', '{"name":"Inngest/x"}', 'reserved for internal use: Inngest/x'],
    ['a reserved name', '{"name":"inngest/x"}', 'event name is reserved for internal use: inngest/x'],
  ])('refuses %s', async (_what, body, error) => {
    const server = await openServer()
    const answer = await post(server.url, body)
    expect(answer).toMatchObject({ httpStatus: 400, status: 400, ids: [''] })
    expect(answer.error).toContain(error)
  })

  it('refuses JSON nested too deeply', async () => {
    const server = await openServer()
    const answer = await post(server.url, `{"name":"a","data":{"x":${'['.repeat(9000)}${']'.repeat(9000)}}}`)
    expect(answer).toMatchObject({ httpStatus: 400, ids: [''] })
    expect(answer.error).toContain('nests deeper')
  })

  it.each(['', '[]'])('takes %j for nothing to do', async (body) => {
    const server = await openServer()
    expect(await post(server.url, body)).toEqual({ httpStatus: 200, status: 200, ids: [''] })
  })

  it('refuses an event over 3,145,728 bytes, telling its size', async () => {
    const server = await openServer()
    const bare = JSON.stringify({ data: { x: '' }, name: 'a' })
    const fill = (size: number) => JSON.stringify({ data: { x: 'x'.repeat(size - bare.length) }, name: 'a' })
    expect(await post(server.url, fill(3_145_728))).toMatchObject({ httpStatus: 200 })
    expect(await post(server.url, fill(3_145_729))).toMatchObject({
      httpStatus: 400,
      error: 'Event is over the max size: Max 3145728 bytes / Size 3145729 bytes',
    })
  })

  it('takes 5,000 events and no more, and does what they start', async () => {
    const { server } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'last' }, { event: 'a/last' }, () => 'ran'),
    ])
    const events = Array.from({ length: 5001 }, (_, index) => ({
      name: index === 4998 ? 'a/last' : 'a/many',
    }))
    const answer = await post(server.url, JSON.stringify(events))
    expect(answer).toMatchObject({
      httpStatus: 400,
      error: 'Cannot have more than 5000 events in a batch',
    })
    // The real server names one less.
    expect(answer.ids.length).toBeGreaterThanOrEqual(4999)
    expect(await finishedRuns(server.url, answer.ids[4998] ?? '')).toMatchObject([{ output: 'ran' }])
  })

  it('accepts the events before a bad one, although it answers 400', async () => {
    const { server } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'good' }, { event: 'a/good' }, () => 'ran'),
    ])
    const { httpStatus, ids } = await post(server.url, '[{"name":"a/good"},{"name":""}]')
    expect(httpStatus).toBe(400)
    expect(ids).toHaveLength(1)
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ output: 'ran' }])
  })

  it('gives the same ids for the same seed, and one run', async () => {
    const { server } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'seeded' }, { event: 'a/seeded' }, () => null),
    ])
    const seed = {
      'x-inngest-event-id-seed': `${Date.now()},${Buffer.from('0123456789').toString('base64')}`,
    }
    const body = JSON.stringify([{ name: 'a/seeded' }, { name: 'a/seeded' }])
    const first = await post(server.url, body, seed)
    const second = await post(server.url, body, seed)
    expect(second.ids).toEqual(first.ids)
    expect(new Set(first.ids).size).toBe(2)
    await finishedRuns(server.url, first.ids[0] ?? '')
    expect(await runsOf(server.url, first.ids[0] ?? '')).toHaveLength(1)
  })

  it('answers 405 to other methods', async () => {
    const server = await openServer()
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await fetch(`${server.url}/e/any-key`, { method })).status).toBe(405)
    }
  })

  it('refuses what a page of another site sends', async () => {
    const server = await openServer()
    const send = (site: string) => post(server.url, '{"name":"a"}', { 'sec-fetch-site': site })
    expect((await send('cross-site')).httpStatus).toBe(403)
    expect((await send('same-origin')).httpStatus).toBe(200)
  })
})

describe('the read API', () => {
  it('says that the server is well', async () => {
    const server = await openServer()
    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 200, message: 'OK' })
  })

  it('knows no runs of an unknown event and tells so of an unknown run as the real server does', async () => {
    const server = await openServer()
    const unknown = '01M7ZJMSV4QQE2V232TQ0436S8'
    expect(await runsOf(server.url, unknown)).toEqual([])
    const response = await fetch(`${server.url}/v1/runs/${unknown}`)
    expect(response.status).toBe(200)
    const answer: { error: string; status: number } = await response.json()
    expect(answer.status).toBe(500)
    expect(answer.error).toContain(`Unable to load function run: ${unknown}`)
  })
})
