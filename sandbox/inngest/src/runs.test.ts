import { describe, expect, it } from 'vitest'
import { lifecycleEvents } from './testing/lifecycle-events.ts'
import { finishedRuns, runsOf, sendAndFinish } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'
import { against, openServerAndApp } from './testing/with-server.ts'

describe('a run', () => {
  it('carries 0, 1 and 2 finished steps in its three calls, with the version the SDK chose', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'two' }, { event: 'test/two' }, async ({ step }) => {
        const one = await step.run('one', () => 1)
        const two = await step.run('two', () => 2)
        return one + two
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/two', data: { k: 'v' } })
    expect(run).toMatchObject({ status: 'Completed', output: 3 })
    const bodies = app.callsOf('two').map((call) => call.body)
    expect(bodies.map(({ steps }) => Object.keys(steps ?? {}).length)).toEqual([0, 1, 2])
    expect(bodies.map(({ version }) => version)).toEqual([-1, 1, 1])
    expect(bodies[2]).toMatchObject({
      ctx: { attempt: 0, max_attempts: 5, run_id: run.run_id, stack: { current: 2 }, use_api: false },
      event: { name: 'test/two', data: { k: 'v' }, user: {} },
    })
  })

  it('remembers a step that returned undefined as null', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'empty' }, { event: 'test/empty' }, async ({ step }) => {
        await step.run('nothing', () => undefined)
      }),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/empty' })).toMatchObject({ output: null })
    expect(Object.values(app.callsOf('empty')[1]?.body.steps ?? {})).toEqual([{ data: null }])
  })

  it('is not called while it sleeps, and then sees null for the sleep', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'nap' }, { event: 'test/nap' }, async ({ step }) => {
        await step.sleep('a second', '1s')
      }),
    ])
    await sendAndFinish(app, server.url, { name: 'test/nap' })
    const [before, after] = app.callsOf('nap')
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(1000)
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeLessThan(5000)
    expect(Object.values(after?.body.steps ?? {})).toEqual([null])
  })

  it('sleeps until a date', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'until' }, { event: 'test/until' }, async ({ step, event }) => {
        await step.sleepUntil('date', new Date(event.data.date))
      }),
    ])
    const date = Date.now() + 300
    await sendAndFinish(app, server.url, { name: 'test/until', data: { date } })
    expect(app.callsOf('until')[1]?.at).toBeGreaterThanOrEqual(date)
  })

  it('does not start before the future time its event is dated', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'later' }, { event: 'test/later' }, () => 'done'),
    ])
    const ts = Date.now() + 300
    await sendAndFinish(app, server.url, { name: 'test/later', ts })
    expect(app.callsOf('later')[0]?.at).toBeGreaterThanOrEqual(ts)
  })

  it('runs the body of each parallel step once and finishes once', async () => {
    const ran: string[] = []
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'parallel' }, { event: 'test/parallel' }, async ({ step }) => {
        const results = await Promise.all(
          ['a', 'b', 'c'].map((name) =>
            step.run(name, () => {
              ran.push(name)
              return name
            }),
          ),
        )
        const last = await step.run('last', () => ran.push('last'))
        return [...results, last]
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/parallel' })
    expect(run.output).toEqual(['a', 'b', 'c', 4])
    expect(ran.sort()).toEqual(['a', 'b', 'c', 'last'])
    const planned = app.callsOf('parallel').filter((call) => call.target !== 'step')
    expect(new Set(planned.map((call) => call.target)).size).toBe(4)
    expect(planned).toHaveLength(4)
    expect(planned.every((call) => isPlanOnly(call.body))).toBe(true)
    const finished = await lifecycleEvents(app, server.url, 'inngest/function.finished')
    expect(finished.filter((event) => event.data.run_id === run.run_id)).toHaveLength(1)
  })

  it('waits for parallel steps of which one sleeps', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'mixed' }, { event: 'test/mixed' }, async ({ step }) =>
        Promise.all([step.run('quick', () => 1), step.sleep('slow', '1s')]),
      ),
    ])
    expect(await sendAndFinish(app, server.url, { name: 'test/mixed' })).toMatchObject({ output: [1, null] })
  })

  it('sends events from inside, which start other functions', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'first' }, { event: 'test/first' }, async ({ step }) => {
        return step.sendEvent('tell', { name: 'test/second', data: { from: 'first' } })
      }),
      inngest.createFunction({ id: 'second' }, { event: 'test/second' }, ({ event }) => event.data.from),
    ])
    const first = await sendAndFinish(app, server.url, { name: 'test/first' })
    const { ids } = first.output as { ids: string[] }
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ output: 'first' }])
  })

  it('is cancelled through the API and not called again', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'long' }, { event: 'test/long' }, async ({ step }) => {
        await step.sleep('long', '1s')
      }),
    ])
    const { ids } = await app.inngest.send({ name: 'test/long' })
    const runId = await waitFor('the run', async () => (await runsOf(server.url, ids[0] ?? ''))[0]?.run_id)
    await waitFor('its first answer', () => app.callsOf('long')[0]?.status === 206)
    const cancel = (id = runId) => fetch(`${server.url}/v1/runs/${id}`, { method: 'DELETE' })
    expect((await cancel()).status).toBe(200)
    expect((await cancel()).status).toBe(200)
    expect((await cancel('01M7ZJMSV4QQE2V232TQ0436S8')).status).toBe(404)
    expect((await finishedRuns(server.url, ids[0] ?? ''))[0]?.status).toBe('Cancelled')
    await pause(1200)
    expect(app.callsOf('long')).toHaveLength(1)
    expect(await lifecycleEvents(app, server.url, 'inngest/function.cancelled')).toHaveLength(1)
  })

  it('that uses step.waitForSignal fails for good, saying so', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'signal' }, { event: 'test/signal' }, async ({ step }) => {
        await step.waitForSignal('wait', { signal: 's', timeout: '1s' })
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/signal' })
    expect(run.status).toBe('Failed')
    expect(JSON.stringify(run.output)).toContain('step.waitForSignal')
    expect(app.callsOf('signal')).toHaveLength(1)
  })

  it('of a function with checkpointing fails for good at its first step, saying so', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'checked', checkpointing: true },
        { event: 'test/checked' },
        async ({ step }) => {
          await step.run('one', () => null)
        },
      ),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/checked' })
    expect(run.status).toBe('Failed')
    expect(JSON.stringify(run.output)).toContain(`"${app.id}-checked\\" uses the option \\"checkpointing`)
    // The SDK asks again a few times before it gives up.
    await waitFor('its answer', () => app.callsOf('checked')[0]?.status)
    expect(app.callsOf('checked')).toHaveLength(1)
  })
})

describe('an event', () => {
  it('starts every function that is triggered by its name', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'one' }, { event: 'test/both' }, () => 'one'),
      inngest.createFunction({ id: 'two' }, { event: 'test/both' }, () => 'two'),
      inngest.createFunction({ id: 'other' }, { event: 'test/other' }, () => 'other'),
    ])
    const { ids } = await app.inngest.send({ name: 'test/both' })
    const runs = await finishedRuns(server.url, ids[0] ?? '', 2)
    expect(runs.map((run) => run.output).sort()).toEqual(['one', 'two'])
  })

  it('starts a function whose trigger ends in a star', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'wild' }, { event: 'test/wild/*' }, ({ event }) => event.name),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/wild/two/three' })
    expect(run.output).toBe('test/wild/two/three')
  })

  it('starts a function only when its condition holds, and a type mismatch is no match', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'some' },
        { event: 'test/some', if: 'event.data.n > 5' },
        ({ event }) => event.data.n,
      ),
    ])
    const { ids } = await app.inngest.send(
      [1, 6, 'str', undefined].map((n) => ({ name: 'test/some', data: { n } })),
    )
    expect(await finishedRuns(server.url, ids[1] ?? '')).toMatchObject([{ output: 6 }])
    const counts = await Promise.all(ids.map(async (id) => (await runsOf(server.url, id)).length))
    expect(counts).toEqual([0, 1, 0, 0])
  })

  it('with an id sent before gets an id of its own but starts nothing', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'once' }, { event: 'test/once' }, ({ event }) => event.id),
      inngest.createFunction({ id: 'wild' }, { event: 'test/*' }, () => null),
    ])
    const first = await app.inngest.send({ id: 'X', name: 'test/once' })
    // In a burst another may be the one that counts.
    await finishedRuns(server.url, first.ids[0] ?? '', 2)
    const second = await app.inngest.send({ id: 'X', name: 'test/once' })
    const elsewhere = await app.inngest.send({ id: 'X', name: 'test/elsewhere' })
    expect(new Set([...first.ids, ...second.ids, ...elsewhere.ids]).size).toBe(3)
    const runs = await finishedRuns(server.url, first.ids[0] ?? '', 2)
    expect(runs.map((run) => run.output)).toContain('X')
    expect(await runsOf(server.url, second.ids[0] ?? '')).toEqual([])
    expect(await runsOf(server.url, elsewhere.ids[0] ?? '')).toEqual([])
  })

  it('starts one run per value of an idempotency expression', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'idem', idempotency: 'event.data.order' },
        { event: 'test/idem' },
        () => null,
      ),
    ])
    const { ids } = await app.inngest.send(
      ['a', 'a', 'b'].map((order) => ({ name: 'test/idem', data: { order } })),
    )
    const counts = await waitFor('both values', async () => {
      const lengths = await Promise.all(ids.map(async (id) => (await runsOf(server.url, id)).length))
      return lengths.reduce((sum, length) => sum + length, 0) >= 2 ? lengths : undefined
    })
    // Which of the two that are alike it is, is not promised.
    expect([(counts[0] ?? 0) + (counts[1] ?? 0), counts[2]]).toEqual([1, 1])
  })
})

/** Long enough for others to start meanwhile: another server may take a while to do so. */
const holdMs = against === undefined ? 60 : 1500

describe('concurrency', () => {
  it('of one per key never lets calls of one key overlap, while another key goes on', async () => {
    const busy = new Map<string, number>()
    const most = new Map<string, number>()
    let altogether = 0
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'limited', concurrency: { limit: 1, key: 'event.data.k' } },
        { event: 'test/limited' },
        async ({ event }) => {
          const { k } = event.data
          busy.set(k, (busy.get(k) ?? 0) + 1)
          most.set(k, Math.max(most.get(k) ?? 0, busy.get(k) ?? 0))
          altogether = Math.max(
            altogether,
            [...busy.values()].reduce((sum, count) => sum + count, 0),
          )
          await waitFor('the other key', () => altogether >= 2)
          await pause(holdMs)
          busy.set(k, (busy.get(k) ?? 0) - 1)
        },
      ),
    ])
    const { ids } = await app.inngest.send(
      ['a', 'a', 'a', 'b', 'b'].map((k) => ({ name: 'test/limited', data: { k } })),
    )
    await Promise.all(ids.map((id) => finishedRuns(server.url, id)))
    expect(Object.fromEntries(most)).toEqual({ a: 1, b: 1 })
    expect(altogether).toBe(2)
  })

  it('without a limit lets the same calls overlap (control)', async () => {
    let busy = 0
    let most = 0
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'free' }, { event: 'test/free' }, async () => {
        most = Math.max(most, ++busy)
        await waitFor('the others', () => most >= 3)
        busy--
      }),
    ])
    const { ids } = await app.inngest.send([1, 2, 3].map(() => ({ name: 'test/free' })))
    await Promise.all(ids.map((id) => finishedRuns(server.url, id)))
    expect(most).toBe(3)
  })

  it('does not count a sleeping run', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'sleepy', concurrency: 1 }, { event: 'test/sleepy' }, async ({ step }) => {
        await step.sleep('a while', against === undefined ? '1s' : '6s')
      }),
    ])
    const { ids } = await app.inngest.send([{ name: 'test/sleepy' }, { name: 'test/sleepy' }])
    await Promise.all(ids.map((id) => finishedRuns(server.url, id)))
    const [first, second] = app.callsOf('sleepy')
    expect(second?.body.ctx).not.toMatchObject({ run_id: idOf(first?.body) })
  })
})

function isPlanOnly(body: { ctx?: unknown }): boolean {
  const { ctx } = body
  return typeof ctx === 'object' && ctx !== null && 'disable_immediate_execution' in ctx
    ? ctx.disable_immediate_execution === true
    : false
}

function idOf(body: { ctx?: unknown } | undefined): unknown {
  const ctx = body?.ctx
  return typeof ctx === 'object' && ctx !== null && 'run_id' in ctx ? ctx.run_id : undefined
}
