import { describe, expect, it } from 'vitest'
import { finishedRuns, sendAndFinish } from './testing/test-app.ts'
import { waitFor } from './testing/wait-for.ts'
import { against, openServerAndApp } from './testing/with-server.ts'

type Received = { name: string; data: Record<string, unknown> } | null

describe('step.waitForEvent', () => {
  it('ends with the event that matches, and not with one that does not', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'match' }, { event: 'test/match' }, async ({ step }) =>
        step.waitForEvent('wait', { event: 'test/answer', timeout: '1h', match: 'data.order' }),
      ),
    ])
    const { ids } = await app.inngest.send({ name: 'test/match', data: { order: 7 } })
    await waitFor('the wait', () => app.callsOf('match')[0]?.status === 206)
    await app.inngest.send({ name: 'test/answer', data: { order: 8, n: 'other' } })
    await app.inngest.send({ name: 'test/answer', data: { order: '7', n: 'text' } })
    const { ids: answers } = await app.inngest.send({
      name: 'test/answer',
      data: { order: 7, n: 'mine' },
    })
    const [run] = await finishedRuns(server.url, ids[0] ?? '')
    expect(run?.output).toMatchObject({
      name: 'test/answer',
      id: answers[0],
      data: { order: 7, n: 'mine' },
      ts: expect.any(Number),
    })
  })

  it('ends with the event for which its condition over both events holds', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'cond' }, { event: 'test/cond' }, async ({ step }) =>
        step.waitForEvent('wait', {
          event: 'test/bid',
          timeout: '1h',
          if: 'async.data.amount > event.data.least && async.data.currency == "EUR"',
        }),
      ),
    ])
    const { ids } = await app.inngest.send({ name: 'test/cond', data: { least: 10 } })
    await waitFor('the wait', () => app.callsOf('cond')[0]?.status === 206)
    for (const data of [
      { amount: 9, currency: 'EUR' },
      { amount: 'much', currency: 'EUR' },
      { amount: 11, currency: 'USD' },
      { amount: 12, currency: 'EUR' },
    ]) {
      await app.inngest.send({ name: 'test/bid', data })
    }
    const [run] = await finishedRuns(server.url, ids[0] ?? '')
    expect(run?.output).toMatchObject({ data: { amount: 12, currency: 'EUR' } })
  })

  it('ends with null when its time is over', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'late' }, { event: 'test/late' }, async ({ step }) => {
        const received = await step.waitForEvent('wait', { event: 'test/never', timeout: '1s' })
        return { received }
      }),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/late' })
    expect(run).toMatchObject({ status: 'Completed', output: { received: null } })
    const [first, second] = app.callsOf('late')
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950)
    expect(Object.values(second?.body.steps ?? {})).toEqual([null])
  })

  it('does not end with an event that came before it', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'before' }, { event: 'test/before' }, async ({ step }) =>
        step.waitForEvent('wait', { event: 'test/early', timeout: '1s' }),
      ),
    ])
    await app.inngest.send({ name: 'test/early' })
    expect(await sendAndFinish(app, server.url, { name: 'test/before' })).toMatchObject({ output: null })
  })

  it('of two runs ends with one event for both', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'both' }, { event: 'test/both-wait' }, async ({ step }) =>
        step.waitForEvent('wait', { event: 'test/shared', timeout: '1h' }),
      ),
    ])
    const { ids } = await app.inngest.send([{ name: 'test/both-wait' }, { name: 'test/both-wait' }])
    await waitFor('both waits', () => app.callsOf('both').filter(({ status }) => status === 206).length === 2)
    await app.inngest.send({ name: 'test/shared', data: { n: 1 } })
    const runs = (await Promise.all(ids.map((id) => finishedRuns(server.url, id)))).flat()
    expect(runs.map(({ output }) => (output as Received)?.data)).toEqual([{ n: 1 }, { n: 1 }])
  })

  it('ends once, and the next wait for the same event takes the next one', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'twice' }, { event: 'test/twice' }, async ({ step }) => {
        const first = await step.waitForEvent('first', { event: 'test/tick', timeout: '1h' })
        const second = await step.waitForEvent('second', { event: 'test/tick', timeout: '1h' })
        return [first?.data.n, second?.data.n]
      }),
    ])
    const { ids } = await app.inngest.send({ name: 'test/twice' })
    await waitFor('the first wait', () => app.callsOf('twice')[0]?.status === 206)
    await app.inngest.send({ name: 'test/tick', data: { n: 1 } })
    await waitFor('the second wait', () => app.callsOf('twice')[1]?.status === 206)
    await app.inngest.send({ name: 'test/tick', data: { n: 2 } })
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ output: [1, 2] }])
  })

  it('beside other parallel steps lets them go on', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'beside' }, { event: 'test/beside' }, async ({ step }) => {
        const [sent, received] = await Promise.all([
          step.run('quick', () => 'quick'),
          step.waitForEvent('wait', { event: 'test/beside-done', timeout: '1h' }),
        ])
        return { sent, received: received?.data }
      }),
    ])
    const { ids } = await app.inngest.send({ name: 'test/beside' })
    await waitFor('the planned step', () =>
      app.callsOf('beside').some(({ target, status }) => target !== 'step' && status === 206),
    )
    await app.inngest.send({ name: 'test/beside-done', data: { n: 3 } })
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([
      { output: { sent: 'quick', received: { n: 3 } } },
    ])
  })

  it('whose condition does not parse fails the run for good', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'broken' }, { event: 'test/broken' }, async ({ step }) =>
        step.waitForEvent('wait', { event: 'test/any', timeout: '1h', if: 'event.data. ==' }),
      ),
    ])
    const run = await sendAndFinish(app, server.url, { name: 'test/broken' })
    expect(run.status).toBe('Failed')
    expect(JSON.stringify(run.output)).toContain('Wait for event If expression failed to compile')
    expect(app.callsOf('broken')).toHaveLength(1)
  })
})

describe('step.sleepUntil', () => {
  it('ends at the date, and at once when that is over', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'until' }, { event: 'test/until' }, async ({ event, step }) => {
        await step.sleepUntil('date', new Date(event.data.at))
        return Date.now()
      }),
    ])
    const at = Date.now() + 1200
    const run = await sendAndFinish(app, server.url, { name: 'test/until', data: { at } })
    // The real server has been seen to wake a run a little early.
    expect(Number(run.output)).toBeGreaterThanOrEqual(against === undefined ? at : at - 1000)
    const past = await sendAndFinish(app, server.url, { name: 'test/until', data: { at: at - 3_600_000 } })
    expect(past.status).toBe('Completed')
  })
})
