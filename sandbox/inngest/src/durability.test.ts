import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startInngestServer } from './index.ts'
import { commandLine, type ServerProcess, spawnServer } from './testing/server-process.ts'
import { finishedRuns, runsOf, startTestApp, type TestApp } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'

const losingServer = fileURLToPath(new URL('./testing/serve-before-commit.ts', import.meta.url))

const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'inngest-stand-in-'))
  cleanUps.push(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function spawnFor(directory: string, port = 0): Promise<ServerProcess> {
  const words = [
    'dev',
    '--port',
    String(port),
    '--sqlite-dir',
    directory,
    '--retry-interval',
    '1',
    '--no-discovery',
  ]
  const server = await spawnServer(commandLine, words)
  cleanUps.push(server.kill)
  return server
}

/** What ran and what the server had on record at each call, in the order it happened. */
type Journal = (
  | { kind: 'ran'; runId: string; step: number }
  | { kind: 'call'; runId: string; steps: number }
)[]

/** Steps that ran although the server had shown before that it knew their result. */
function repeated(journal: Journal): number {
  const known = new Map<string, number>()
  let count = 0
  for (const entry of journal) {
    if (entry.kind === 'call') known.set(entry.runId, Math.max(known.get(entry.runId) ?? 0, entry.steps))
    else if (entry.step <= (known.get(entry.runId) ?? 0)) count++
  }
  return count
}

/** An app whose one function runs three steps and keeps a journal. */
async function startJournalled(
  serverUrl: string,
  stepMs: number,
): Promise<{ app: TestApp; journal: Journal }> {
  const journal: Journal = []
  const app = await startTestApp({
    serverUrl,
    functions: (inngest) => [
      inngest.createFunction(
        { id: 'three', retries: 20 },
        { event: 'test/three' },
        async ({ step, runId }) => {
          for (const number of [1, 2, 3]) {
            await step.run(`step ${number}`, async () => {
              journal.push({ kind: 'ran', runId, step: number })
              await pause(stepMs)
            })
          }
        },
      ),
    ],
  })
  cleanUps.push(app.stop)
  app.intercept((call) => {
    const runId = String(call.headers['x-run-id'] ?? '')
    if (runId) journal.push({ kind: 'call', runId, steps: Object.keys(call.body.steps ?? {}).length })
    return false
  })
  return { app, journal }
}

/** Sends events one after the other until told to stop; the ids of those that were accepted. */
function keepSending(serverUrl: string): { accepted: string[]; stop: () => Promise<void> } {
  const accepted: string[] = []
  let going = true
  const sending = (async () => {
    while (going) {
      try {
        const response = await fetch(`${serverUrl}/e/key`, { method: 'POST', body: '{"name":"test/three"}' })
        const { ids, status }: { ids: string[]; status: number } = JSON.parse(await response.text())
        if (status === 200) accepted.push(...ids)
        await pause(3)
      } catch {
        // Killed just now: the event was not accepted, as its sender sees.
        await pause(20)
      }
    }
  })()
  return {
    accepted,
    stop: () => {
      going = false
      return sending
    },
  }
}

/** Kills and restarts a server again and again while events come in; what was lost and repeated in the end. */
async function surviveKills(
  kills: number,
  start: (port: number) => Promise<ServerProcess>,
): Promise<{ accepted: number; lost: number; repeated: number }> {
  let server = await start(0)
  const { url, port } = server
  const { app, journal } = await startJournalled(url, 2)
  expect(await app.register()).toMatchObject({ status: 200 })
  const sender = keepSending(url)
  for (let kill = 0; kill < kills; kill++) {
    const before = sender.accepted.length
    await waitFor('some events to be accepted', () => sender.accepted.length > before + 3)
    await pause(Math.random() * 100)
    await server.kill()
    server = await start(port)
  }
  await sender.stop()
  // Nothing is under way any more when the page of going runs is empty.
  await waitFor('all runs to end', async () => {
    const page = await fetch(`${url}/?status=Running`)
    return (await page.text()).includes('No runs.')
  })
  let lost = 0
  for (const id of sender.accepted) {
    const runs = await runsOf(url, id)
    if (runs.length !== 1 || runs[0]?.status !== 'Completed') lost++
  }
  return { accepted: sender.accepted.length, lost, repeated: repeated(journal) }
}

describe('kill -9', () => {
  it('at any moment loses no accepted event and repeats no finished step', async () => {
    const directory = await newDirectory()
    const { accepted, lost, repeated } = await surviveKills(6, (port) => spawnFor(directory, port))
    expect(accepted).toBeGreaterThan(20)
    expect({ lost, repeated }).toEqual({ lost: 0, repeated: 0 })
  })

  it('loses events of a server that answers before the commit (control)', async () => {
    const directory = await newDirectory()
    const start = async (port: number) => {
      const server = await spawnServer(losingServer, [String(port), directory])
      cleanUps.push(server.kill)
      return server
    }
    expect((await surviveKills(3, start)).lost).toBeGreaterThan(0)
  })

  it('during a step makes that step run again', async () => {
    const directory = await newDirectory()
    let server = await spawnFor(directory)
    const { app, journal } = await startJournalled(server.url, 150)
    await app.register()
    const { ids } = await app.inngest.send({ name: 'test/three' })
    await waitFor('the second step to begin', () =>
      journal.some((entry) => entry.kind === 'ran' && entry.step === 2),
    )
    await server.kill()
    server = await spawnFor(directory, server.port)
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ status: 'Completed' }])
    const steps = journal.flatMap((entry) => (entry.kind === 'ran' ? [entry.step] : []))
    expect(steps).toEqual([1, 2, 2, 3])
  })

  it('does not stop a sleep, a retry or an event dated in the future', async () => {
    const directory = await newDirectory()
    let server = await spawnFor(directory)
    const ran: string[] = []
    let failures = 1
    const app = await startTestApp({
      serverUrl: server.url,
      functions: (inngest) => [
        inngest.createFunction({ id: 'sleeper' }, { event: 'test/sleeper' }, async ({ step }) => {
          await step.run('before', () => ran.push('before'))
          await step.sleep('a second', '1s')
          await step.run('after', () => ran.push('after'))
        }),
        inngest.createFunction({ id: 'flaky' }, { event: 'test/flaky' }, async ({ step, attempt }) => {
          await step.run('steady', () => ran.push('steady'))
          return step.run('flaky', () => {
            if (failures-- > 0) throw new Error('not yet')
            return attempt
          })
        }),
        inngest.createFunction({ id: 'later' }, { event: 'test/later' }, () => Date.now()),
      ],
    })
    cleanUps.push(app.stop)
    await app.register()
    const ts = Date.now() + 1500
    const { ids } = await app.inngest.send([
      { name: 'test/sleeper' },
      { name: 'test/flaky' },
      { name: 'test/later', ts },
    ])
    // The app's answer is not enough: the server has to have written it down.
    const shows = async (id: string | undefined, text: string) => {
      const [run] = await runsOf(server.url, id ?? '')
      return (await (await fetch(`${server.url}/runs/${run?.run_id}`)).text()).includes(text)
    }
    await waitFor('the sleep', () => shows(ids[0], 'sleeps until'))
    await waitFor('the failure', () => shows(ids[1], 'step failed, again at'))
    await server.kill()
    server = await spawnFor(directory, server.port)
    const [sleeper, flaky, later] = await Promise.all(ids.map((id) => finishedRuns(server.url, id)))
    expect([sleeper, flaky, later].flatMap((runs) => runs?.map((run) => run.status))).toEqual([
      'Completed',
      'Completed',
      'Completed',
    ])
    expect(flaky?.[0]?.output).toBe(1)
    expect(Number(later?.[0]?.output)).toBeGreaterThanOrEqual(ts)
    expect(ran.sort()).toEqual(['after', 'before', 'steady'])
  })
})

describe('the process', () => {
  // Tried again because other work on the machine can slow down the start of any process.
  it('is ready within a second, ends on SIGTERM and frees its folder', { retry: 2 }, async () => {
    const directory = await newDirectory()
    const before = Date.now()
    const server = await spawnFor(directory)
    expect(Date.now() - before).toBeLessThan(1000)
    expect(await server.stop()).toBe(0)
    expect(await (await spawnFor(directory)).stop()).toBe(0)
  })

  it('does not start on a folder another server is using', async () => {
    const directory = await newDirectory()
    await spawnFor(directory)
    await expect(spawnFor(directory)).rejects.toThrow('Another server is using')
  })

  it.each([
    [['dev', '--colour', 'red'], '--colour'],
    [['serve'], '"dev" or "start"'],
    [['dev', '--port', 'x'], '--port must be'],
    [['dev', '-u', 'nowhere'], '-u must be'],
    [['start'], '--signing-key'],
    [['dev', '--event-key', 'k', '--sqlite-dir', join(tmpdir(), 'never-made')], 'start mode only'],
  ])('refuses %j with one clear message', async (words, message) => {
    const failure = await spawnServer(commandLine, words).catch((error: Error) => error.message)
    expect(failure).toContain(message)
    expect(failure).toContain('ended with 1')
    expect(failure).not.toContain('    at ')
  })
})

describe('closing', () => {
  it('lets a call under way finish and keeps its result', async () => {
    const directory = await newDirectory()
    let server = await startInngestServer({ sqliteDirectory: directory })
    const { app, journal } = await startJournalled(server.url, 100)
    await app.register()
    const { ids } = await app.inngest.send({ name: 'test/three' })
    await waitFor('the first step to begin', () => journal.some((entry) => entry.kind === 'ran'))
    await server.close()
    server = await startInngestServer({ sqliteDirectory: directory, port: server.port })
    cleanUps.push(server.close)
    expect(await finishedRuns(server.url, ids[0] ?? '')).toMatchObject([{ status: 'Completed' }])
    expect(journal.filter((entry) => entry.kind === 'ran')).toHaveLength(3)
  })
})
