import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { StartError, startInngestServer } from './index.ts'
import { commandLine } from './testing/server-process.ts'
import { finishedRuns } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'
import { openServer, openServerAndApp } from './testing/with-server.ts'

const hour = 3_600_000

async function post(url: string, body: unknown): Promise<{ status: number; now?: string; error?: string }> {
  const response = await fetch(`${url}/dev/clock`, { method: 'POST', body: JSON.stringify(body) })
  const answer: { now?: string; error?: string } = await response.json()
  return { ...answer, status: response.status }
}

describe('the test clock', () => {
  it('put forward over HTTP wakes what sleeps, waits or is dated until then, and nothing later', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'sleeper' }, { event: 'test/sleeper' }, async ({ step }) => {
        await step.sleep('long', '3h')
        return 'awake'
      }),
      inngest.createFunction({ id: 'waiter' }, { event: 'test/waiter' }, async ({ step }) =>
        step.waitForEvent('wait', { event: 'test/never', timeout: '2h' }),
      ),
      inngest.createFunction({ id: 'dated' }, { event: 'test/dated' }, () => 'in time'),
      inngest.createFunction({ id: 'week' }, { event: 'test/week' }, async ({ step }) => {
        await step.sleep('longer', '7d')
      }),
    ])
    const { ids } = await app.inngest.send([
      { name: 'test/sleeper' },
      { name: 'test/waiter' },
      { name: 'test/dated', ts: Date.now() + hour },
      { name: 'test/week' },
    ])
    await waitFor('all to sleep', () => app.calls.filter(({ status }) => status === 206).length === 3)
    const before = Date.now()
    const { status, now } = await post(server.url, { advance: '4h' })
    expect(status).toBe(200)
    expect(Date.parse(now ?? '') - before).toBeGreaterThanOrEqual(4 * hour)
    const [sleeper, waiter, dated] = await Promise.all(
      ids.slice(0, 3).map((id) => finishedRuns(server.url, id)),
    )
    expect([sleeper?.[0]?.output, waiter?.[0]?.output, dated?.[0]?.output]).toEqual([
      'awake',
      null,
      'in time',
    ])
    await pause(50)
    expect(app.callsOf('week')).toHaveLength(1)
  })

  it('put forward from the command line to a date fires a cron once', async () => {
    const { server, app } = await openServerAndApp((inngest) => [
      inngest.createFunction({ id: 'monthly' }, { cron: '0 9 1 * *' }, () => null),
    ])
    const words = [commandLine, 'clock', '--port', String(server.port)]
    const run = promisify(execFile)
    const to = new Date(Date.now() + 40 * 24 * hour).toISOString()
    const { stdout } = await run(process.execPath, [...words, '--to', to])
    expect(Date.parse(stdout.trim())).toBeGreaterThanOrEqual(Date.parse(to))
    await waitFor('the cron', () => app.callsOf('monthly').length === 1)
    await pause(50)
    expect(app.callsOf('monthly')).toHaveLength(1)
    const failed = await run(process.execPath, [...words, '--advance', 'soon']).catch((error) => error.stderr)
    expect(failed).toContain('duration such as 3h')
  })

  it('stays ahead over a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'inngest-stand-in-'))
    let server = await startInngestServer({ sqliteDirectory: directory })
    await server.advanceClock(hour)
    await server.close()
    server = await startInngestServer({ sqliteDirectory: directory })
    const answer: { now: string } = await (await fetch(`${server.url}/dev/clock`)).json()
    expect(Date.parse(answer.now) - Date.now()).toBeGreaterThan(hour - 5000)
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })

  it.each([
    {},
    { advance: '' },
    { advance: 'soon' },
    { advance: -1 },
    { advance: '900d' },
    { to: 'x' },
    { to: '2001-01-01' },
    [],
    null,
  ])('is not moved by %j', async (body) => {
    const server = await openServer()
    expect(await post(server.url, body)).toMatchObject({ status: 400 })
  })

  it('can not be moved in start mode', async () => {
    const server = await openServer({ mode: 'start', eventKeys: ['k'], signingKey: 'abcd' })
    expect(await post(server.url, { advance: '1h' })).toMatchObject({ status: 403 })
    await expect(server.advanceClock(hour)).rejects.toThrow(StartError)
  })
})
