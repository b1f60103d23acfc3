import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Clock, startInngestServer } from '../index.ts'
import { startTestApp, type TestApp } from '../testing/test-app.ts'
import { pause, waitFor } from '../testing/wait-for.ts'
import { openServerAndApp } from '../testing/with-server.ts'
import { nextTick } from './cron-scheduler.ts'

const minute = 60_000

const tick = Date.UTC(2031, 0, 1, 9, 12)

/** A clock that goes on as clocks do, and can be set. */
function movableClock(startMs: number): Clock & { set: (milliseconds: number) => void } {
  let offset = startMs - Date.now()
  return {
    now: () => Date.now() + offset,
    set: (milliseconds) => {
      offset = milliseconds - Date.now()
    },
  }
}

/** Which ticks the app was called for. */
function ticksOf(app: TestApp): unknown[] {
  return app.callsOf('cron').map(({ body }) => {
    const { event } = body
    return typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined
  })
}

it('starts a run at the full minute, with an event that tells the tick', async () => {
  const clock = movableClock(tick - 30_000)
  const { app, server } = await openServerAndApp(
    (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
    { clock },
  )
  clock.set(tick - 100)
  await server.advanceClock(0)
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
  const clock = movableClock(tick - 30_000)
  let server = await startInngestServer({ sqliteDirectory: directory, clock })
  const app = await startTestApp({
    serverUrl: server.url,
    functions: (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
  })
  const restart = async (milliseconds: number) => {
    await server.close()
    clock.set(milliseconds)
    server = await startInngestServer({ sqliteDirectory: directory, clock, port: server.port })
  }
  try {
    await app.register()
    clock.set(tick)
    await server.advanceClock(0)
    await waitFor('the first tick', () => ticksOf(app).length === 1)

    await restart(tick + 5000)
    await pause(150)
    expect(ticksOf(app)).toEqual(['2031-01-01T09:12:00Z'])

    await restart(tick + 5 * minute + 5000)
    await waitFor('the missed tick', () => ticksOf(app).length === 2)
    await pause(150)
    expect(ticksOf(app)).toEqual(['2031-01-01T09:12:00Z', '2031-01-01T09:13:00Z'])
  } finally {
    await app.stop()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  }
})

it('forgets the cron of a function that is gone', async () => {
  const clock = movableClock(tick - 30_000)
  const { app, server } = await openServerAndApp(
    (inngest) => [inngest.createFunction({ id: 'cron' }, { cron: '* * * * *' }, () => null)],
    { clock },
  )
  app.define(() => [])
  await app.register()
  clock.set(tick + 1000)
  await server.advanceClock(0)
  await pause(100)
  expect(app.calls).toEqual([])
})

it('fires in the time zone it names, also over the change of the clocks', async () => {
  // In New York, 2 a.m. does not exist on 2031-03-09; 9 a.m. is 14:00 UTC the day before and 13:00 UTC that day.
  const clock = movableClock(Date.UTC(2031, 2, 8, 13, 59))
  const { app, server } = await openServerAndApp(
    (inngest) => [
      inngest.createFunction({ id: 'cron' }, { cron: 'TZ=America/New_York 0 9 * * *' }, () => null),
    ],
    { clock },
  )
  await server.advanceClock(minute)
  await waitFor('the first', () => ticksOf(app).length === 1)
  await server.advanceClock(23 * 60 * minute)
  await waitFor('the second', () => ticksOf(app).length === 2)
  expect(ticksOf(app)).toEqual(['2031-03-08T14:00:00Z', '2031-03-09T13:00:00Z'])
})

it('reads a time zone', () => {
  const now = Date.UTC(2031, 0, 1, 0, 0)
  expect(nextTick('TZ=Europe/Berlin 0 9 * * *', now)).toBe(Date.UTC(2031, 0, 1, 8, 0))
  expect(nextTick('0 9 * * *', now)).toBe(Date.UTC(2031, 0, 1, 9, 0))
})
