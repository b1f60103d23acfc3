import { describe, expect, it } from 'vitest'
import { finishedRuns, runsOf, type TestApp } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'
import { openServerAndApp, passTime } from './testing/with-server.ts'

async function startSleeping(app: TestApp, id: string, data: Record<string, unknown>[]): Promise<string[]> {
  const { ids } = await app.inngest.send(data.map((item) => ({ name: `test/${id}`, data: item })))
  await waitFor(
    'all to sleep',
    () => app.callsOf(id).filter(({ status }) => status === 206).length === data.length,
  )
  return ids
}

describe('cancelOn', () => {
  it('by a matching member ends the run of that key alone, which is not called again', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'keyed', cancelOn: [{ event: 'test/keyed-stop', match: 'data.order' }] },
        { event: 'test/keyed' },
        async ({ step }) => {
          await step.sleep('a while', '2s')
          return 'done'
        },
      ),
    ])
    const [a, b] = await startSleeping(app, 'keyed', [{ order: 'A' }, { order: 'B' }])
    await app.inngest.send({ name: 'test/keyed-stop', data: { order: 'A' } })
    expect(await finishedRuns(server.url, a ?? '')).toMatchObject([{ status: 'Cancelled' }])
    await passTime(server, 2000)
    expect(await finishedRuns(server.url, b ?? '')).toMatchObject([{ status: 'Completed', output: 'done' }])
    expect(app.callsOf('keyed')).toHaveLength(3)
  })

  it('by a condition over both events ends the runs for which it holds', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        {
          id: 'conditional',
          cancelOn: [{ event: 'test/recall', if: 'async.data.before > event.data.version' }],
        },
        { event: 'test/conditional' },
        async ({ step }) => {
          await step.sleep('a while', '2s')
        },
      ),
    ])
    const ids = await startSleeping(app, 'conditional', [{ version: 1 }, { version: 2 }, { version: 3 }])
    await app.inngest.send({ name: 'test/recall', data: { before: 3 } })
    await passTime(server, 2000)
    const runs = (await Promise.all(ids.map((id) => finishedRuns(server.url, id)))).flat()
    expect(runs.map(({ status }) => status)).toEqual(['Cancelled', 'Cancelled', 'Completed'])
  })

  it('is void after its timeout', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'void', cancelOn: [{ event: 'test/void-stop', timeout: '1s' }] },
        { event: 'test/void' },
        async ({ step }) => {
          await step.sleep('a while', '3s')
        },
      ),
    ])
    const [id] = await startSleeping(app, 'void', [{}])
    await passTime(server, 1300)
    await app.inngest.send({ name: 'test/void-stop' })
    await passTime(server, 2000)
    expect(await finishedRuns(server.url, id ?? '')).toMatchObject([{ status: 'Completed' }])
  })

  it('ends a run that has not begun', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'dated', cancelOn: [{ event: 'test/dated-stop' }] },
        { event: 'test/dated' },
        () => null,
      ),
    ])
    const { ids } = await app.inngest.send({ name: 'test/dated', ts: Date.now() + 5000 })
    await waitFor('the run', async () => (await runsOf(server.url, ids[0] ?? '')).length === 1)
    await app.inngest.send({ name: 'test/dated-stop' })
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ status: 'Cancelled' }])
    await passTime(server, 5100)
    await pause(50)
    expect(app.callsOf('dated')).toEqual([])
  })

  it('is not set off by the event that started the run', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'self', cancelOn: [{ event: 'test/self' }] },
        { event: 'test/self' },
        async ({ step }) => {
          await step.sleep('a while', '1s')
        },
      ),
    ])
    const { ids } = await app.inngest.send({ name: 'test/self' })
    await waitFor('the sleep', () => app.callsOf('self')[0]?.status === 206)
    await passTime(server, 1000)
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ status: 'Completed' }])
  })

  it('tells with inngest/function.cancelled and …finished which run it was and what had started it', async () => {
    const { app } = await openServerAndApp((inngest) => [
      inngest.createFunction(
        { id: 'told', cancelOn: [{ event: 'test/told-stop' }] },
        { event: 'test/told' },
        async ({ step }) => {
          await step.sleep('long', '1h')
        },
      ),
      inngest.createFunction({ id: 'watch' }, { event: 'inngest/function.cancelled' }, () => null),
      inngest.createFunction({ id: 'watch-end' }, { event: 'inngest/function.finished' }, () => null),
    ])
    await startSleeping(app, 'told', [{ order: 1 }])
    await app.inngest.send({ name: 'test/told-stop' })
    const call = await waitFor('the event', () => app.callsOf('watch')[0])
    const end = await waitFor('the end', () =>
      app.callsOf('watch-end').find(({ text }) => text.includes(`"${app.id}-told"`)),
    )
    const data = {
      _inngest: { status: 'Cancelled' },
      function_id: `${app.id}-told`,
      event: { name: 'test/told', data: { order: 1 } },
    }
    expect(call.body.event).toMatchObject({ name: 'inngest/function.cancelled', data })
    expect(end.body.event).toMatchObject({ name: 'inngest/function.finished', data })
    await waitFor('the answers', () => call.status !== undefined && end.status !== undefined)
  })
})
