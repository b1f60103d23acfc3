import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Clock, startInngestServer } from '../index.ts'
import { startTestApp } from '../testing/test-app.ts'
import { pause, waitFor } from '../testing/wait-for.ts'
import { openServer, openServerAndApp } from '../testing/with-server.ts'
import { nextTick } from './cron-scheduler.ts'

const minute = 60_000

/** A clock that stands at `leadMs` before a full minute now, and then goes on as clocks do. */
function clockBefore(fullMinute: number, leadMs: number): Clock {
  const offset = fullMinute - leadMs - Date.now()
  return { now: () => Date.now() + offset }
}

it('starts a run at the full minute, with an event that tells the tick', async () => {
  const tick = Date.UTC(2031, 0, 1, 9, 12)
  const { app } = await openServerAndApp(
    (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
    { clock: clockBefore(tick, 300) },
  )
  const call = await waitFor('the tick', () => app.callsOf('cron')[0])
  expect(call.body.event).toMatchObject({
    name: 'inngest/scheduled.timer',
    id: '2031-01-01T09:12:00Z',
    data: { cron: '* * * * *' },
  })
  await pause(100)
  expect(app.callsOf('cron')).toHaveLength(1)
})

it('neither doubles a tick over a restart nor drops one it was down for', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'inngest-stand-in-'))
  const tick = Date.UTC(2031, 0, 1, 9, 12)
  let server = await startInngestServer({ sqliteDirectory: directory, clock: clockBefore(tick, 300) })
  const app = await startTestApp({
    serverUrl: server.url,
    functions: (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
  })
  const ticks = () =>
    app.callsOf('cron').map(({ body }) => {
      const { event } = body
      return typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined
    })
  try {
    await app.register()
    await waitFor('the first tick', () => ticks().length === 1)
    await server.close()

    const restart = (clock: Clock) =>
      startInngestServer({ sqliteDirectory: directory, clock, port: server.port })
    server = await restart(clockBefore(tick + 30_000, 0))
    await pause(150)
    expect(ticks()).toEqual(['2031-01-01T09:12:00Z'])
    await server.close()

    server = await restart(clockBefore(tick + 5 * minute + 30_000, 0))
    await waitFor('the missed tick', () => ticks().length === 2)
    await pause(150)
    expect(ticks()).toEqual(['2031-01-01T09:12:00Z', '2031-01-01T09:13:00Z'])
  } finally {
    await app.stop()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  }
})

it('forgets the cron of a function that is gone', async () => {
  const tick = Date.UTC(2031, 0, 1, 9, 12)
  const server = await openServer({ clock: clockBefore(tick, 500) })
  const app = await startTestApp({
    serverUrl: server.url,
    functions: (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
  })
  await app.register()
  app.define(() => [])
  await app.register()
  await pause(700)
  expect(app.calls).toEqual([])
  await app.stop()
})

it('reads a time zone', () => {
  const now = Date.UTC(2031, 0, 1, 0, 0)
  expect(nextTick('TZ=Europe/Berlin 0 9 * * *', now)).toBe(Date.UTC(2031, 0, 1, 8, 0))
  expect(nextTick('0 9 * * *', now)).toBe(Date.UTC(2031, 0, 1, 9, 0))
})
