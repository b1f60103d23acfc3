import { describe, expect, it } from 'vitest'
import { finishedRuns, runsOf, sendAndFinish } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'
import { against, openServerAndApp, passTime } from './testing/with-server.ts'

describe('debounce', () => {
  it('starts one run with the last event, when no other follows for its period', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'last', debounce: { period: '1s', key: 'event.data.order' } },
        { event: 'test/last' },
        ({ event }) => event.data.n,
      ),
    ])
    const send = async (order: string, n: number) =>
      (await app.inngest.send({ name: 'test/last', data: { order, n } })).ids[0] ?? ''
    const [first, other] = [await send('a', 1), await send('b', 9)]
    await pause(400)
    const second = await send('a', 2)
    await pause(400)
    const sentAt = Date.now()
    const third = await send('a', 3)
    expect(await finishedRuns(server.url, third)).toMatchObject([{ output: 3 }])
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(950)
    expect(await finishedRuns(server.url, other)).toMatchObject([{ output: 9 }])
    expect(await runsOf(server.url, first)).toEqual([])
    expect(await runsOf(server.url, second)).toEqual([])
    expect(app.callsOf('last')).toHaveLength(2)
  })

  // The real server goes on waiting while events come in less than a second apart.
  it('waits no longer than its timeout', async () => {
    const { app, server } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'capped', debounce: { period: '1s', timeout: '2s' } },
        { event: 'test/capped' },
        ({ event }) => event.data.n,
      ),
    ])
    for (const n of [0, 1, 2, 3, 4]) {
      await app.inngest.send({ name: 'test/capped', data: { n } })
      await passTime(server, 600)
    }
    const call = await waitFor('the run', () => app.callsOf('capped')[0])
    // The fourth came after 1.8 s, and 2 s after the first was the end of it.
    expect(call.body.event).toMatchObject({ data: { n: 3 } })
    await waitFor('its answer', () => call.status !== undefined)
  })
})

describe('throttle', () => {
  it('starts as many as its limit at once, the rest one by one, and loses none', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'slow', throttle: { limit: 2, period: '2s', key: 'event.data.shop' } },
        { event: 'test/slow' },
        () => null,
      ),
    ])
    const { ids } = await app.inngest.send(
      ['a', 'a', 'a', 'a', 'b'].map((shop) => ({ name: 'test/slow', data: { shop } })),
    )
    // Two of the one key and one of the other at once, then one a second.
    await waitFor('three', () => app.callsOf('slow').length >= 3)
    await passTime(server, 1000)
    await waitFor('the fourth', () => app.callsOf('slow').length >= 4)
    await passTime(server, 1000)
    const runs = (await Promise.all(ids.map((id) => finishedRuns(server.url, id)))).flat()
    expect(runs.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'Completed'))
    expect(app.callsOf('slow')).toHaveLength(5)
  })

  it('holds back what is over its limit', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'held', throttle: { limit: 1, period: '1m' } },
        { event: 'test/held-back' },
        () => null,
      ),
    ])
    const { ids } = await app.inngest.send([{ name: 'test/held-back' }, { name: 'test/held-back' }])
    await waitFor('the first', () => app.callsOf('held')[0]?.status)
    await pause(against === undefined ? 100 : 3000)
    expect(app.callsOf('held')).toHaveLength(1)
    const runs = (await Promise.all(ids.map((id) => runsOf(server.url, id)))).flat()
    expect(runs.filter(({ ended_at }) => ended_at !== null)).toHaveLength(1)
  })

  it('counts a run dated in the future when its time has come', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'dated', throttle: { limit: 1, period: '1s' } },
        { event: 'test/dated-throttle' },
        () => null,
      ),
    ])
    const later = await app.inngest.send({ name: 'test/dated-throttle', ts: Date.now() + 2000 })
    const now = await sendAndFinish(app, server.url, { name: 'test/dated-throttle' })
    expect(contextOf(app.callsOf('dated')[0]?.body).run_id).toBe(now.run_id)
    await passTime(server, 2000)
    expect(await finishedRuns(server.url, later.ids[0] ?? '')).toMatchObject([{ status: 'Completed' }])
  })
})

describe('priority', () => {
  // The real server follows the order in tendency only.
  it('lets the run with the larger number go first among those that wait', async () => {
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'ranked', concurrency: 1, priority: { run: 'event.data.rank' } },
        { event: 'test/ranked' },
        async ({ event }) => {
          if (event.data.rank === 'first') await released
          return event.data.rank
        },
      ),
    ])
    const ids = (await app.inngest.send({ name: 'test/ranked', data: { rank: 'first' } })).ids
    await waitFor('the first', () => app.callsOf('ranked').length === 1)
    const others = await app.inngest.send(
      [0, 100, 'none', 200, -100].map((rank) => ({ name: 'test/ranked', data: { rank } })),
    )
    // Another server takes a while to put them in line.
    await pause(against === undefined ? 50 : 1500)
    release()
    await Promise.all([...ids, ...others.ids].map((id) => finishedRuns(server.url, id)))
    const order = app.callsOf('ranked').map(({ body }) => rankOf(body.event))
    expect(order.indexOf(200)).toBeLessThan(order.indexOf(100))
    expect(order.indexOf(100)).toBeLessThan(order.indexOf(0))
    expect(order.indexOf('none')).toBeLessThan(order.indexOf(-100))
  })
})

function contextOf(body: { ctx?: unknown } | undefined): { run_id?: unknown } {
  const ctx = body?.ctx
  return typeof ctx === 'object' && ctx !== null ? ctx : {}
}

function rankOf(event: unknown): unknown {
  const data = typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined
  return typeof data === 'object' && data !== null && 'rank' in data ? data.rank : undefined
}
