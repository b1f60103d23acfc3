import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { startInngestServer } from './index.ts'
import { commandLine, type ServerProcess, spawnServer } from './testing/server-process.ts'
import { type DefineFunctions, finishedRuns, runsOf, startTestApp, type TestApp } from './testing/test-app.ts'
import { pause, waitFor } from './testing/wait-for.ts'

const losingServer = fileURLToPath(new URL('./testing/serve-before-commit.ts', import.meta.url))

/** `TEST_FULL=1` goes on ten times as long. */
const kills = process.env.TEST_FULL === '1' ? 300 : 30
const serversKilled = 3

const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'inngest-stand-in-'))
  // A process just killed may still be letting go of its files.
  cleanUps.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))
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

/** An app that keeps a journal of the steps of its functions: three in a row, one around a sleep, one around a wait. */
async function startJournalled(
  serverUrl: string,
  stepMs: number,
): Promise<{ app: TestApp; journal: Journal }> {
  const journal: Journal = []
  const run = (runId: string, step: number) => async () => {
    journal.push({ kind: 'ran', runId, step })
    await pause(stepMs)
  }
  const app = await startTestApp({
    serverUrl,
    functions: (inngest) => [
      inngest.createFunction(
        { id: 'three', retries: 20 },
        { event: 'test/three' },
        async ({ step, runId }) => {
          for (const number of [1, 2, 3]) await step.run(`step ${number}`, run(runId, number))
        },
      ),
      inngest.createFunction(
        { id: 'sleeper', retries: 20 },
        { event: 'test/sleeper' },
        async ({ step, runId }) => {
          await step.run('before', run(runId, 1))
          const until = await step.run('until', () => Date.now() + 1000)
          await step.sleepUntil('a second', new Date(until))
          await step.run('after', run(runId, 4))
          // Too early, if ever.
          return Math.max(until - Date.now(), 0)
        },
      ),
      inngest.createFunction(
        { id: 'waiter', retries: 20 },
        { event: 'test/waiter' },
        async ({ step, runId }) => {
          await step.run('before', run(runId, 1))
          const answer = await step.waitForEvent('the answer', {
            event: 'test/answer',
            timeout: '1h',
            match: 'data.key',
          })
          await step.run('after', run(runId, 3))
          return answer === null ? 'gave up' : 0
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

/** A function that invokes another, which sleeps before it answers. */
function parentAndChild(inngest: TestApp['inngest']): ReturnType<DefineFunctions> {
  const child = inngest.createFunction({ id: 'child' }, { event: 'test/child' }, async ({ step }) => {
    await step.sleep('two seconds', '2s')
    return 'of the child'
  })
  const parent = inngest.createFunction({ id: 'parent' }, { event: 'test/parent' }, async ({ step }) =>
    step.invoke('call', { function: child }),
  )
  return [parent, child]
}

/** Of ten events, eight start three steps, one a sleep and one a wait. */
const mixture = [...Array.from({ length: 8 }, () => 'test/three'), 'test/sleeper', 'test/waiter']

/** Sends an event; its id when it was accepted, undefined when nobody answered. */
async function post(serverUrl: string, name: string, key: number): Promise<string | undefined> {
  try {
    const body = JSON.stringify({ name, data: { key } })
    const response = await fetch(`${serverUrl}/e/key`, { method: 'POST', body })
    const { ids, status }: { ids: string[]; status: number } = JSON.parse(await response.text())
    return status === 200 ? ids[0] : undefined
  } catch {
    return undefined
  }
}

/** Sends events one after the other until told to stop; the ids of those that were accepted. */
function keepSending(serverUrl: string): { accepted: string[]; keys: number[]; stop: () => Promise<void> } {
  const accepted: string[] = []
  const keys: number[] = []
  let going = true
  const sending = (async () => {
    for (let key = 0; going; key++) {
      const name = mixture[key % mixture.length] ?? ''
      const id = await post(serverUrl, name, key)
      if (id !== undefined) accepted.push(id)
      // Also when nobody answered: it may have been written down all the same.
      if (name === 'test/waiter') keys.push(key)
      // Killed just now: the event was not accepted, as its sender sees.
      await pause(id === undefined ? 20 : 8)
    }
  })()
  return {
    accepted,
    keys,
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
  // Nothing is under way any more when the page of going runs is empty, and the waits have their answers.
  const none = async (eventName: string) => {
    const page = await fetch(`${url}/?status=Running&event=${encodeURIComponent(eventName)}`)
    return (await page.text()).includes('No runs.')
  }
  await waitFor('all but the waits', async () => (await none('test/three')) && none('test/sleeper'), 180_000)
  const answered = async () => {
    if (await none('test/waiter')) return true
    for (const key of sender.keys) await post(url, 'test/answer', key)
    return none('test/waiter')
  }
  await waitFor('the waits', answered, 180_000)
  let lost = 0
  for (const id of sender.accepted) {
    const runs = await runsOf(url, id)
    const output = runs[0]?.output ?? 0
    if (runs.length !== 1 || runs[0]?.status !== 'Completed' || output !== 0) lost++
  }
  return { accepted: sender.accepted.length, lost, repeated: repeated(journal) }
}

describe('kill -9', () => {
  it('at any moment loses no accepted event, repeats no finished step and wakes what sleeps and waits', {
    timeout: kills * 20_000,
  }, async () => {
    // Side by side: most of the time of a kill is spent waiting for the next process.
    const results = await Promise.all(
      Array.from({ length: serversKilled }, async () => {
        const directory = await newDirectory()
        return surviveKills(kills / serversKilled, (port) => spawnFor(directory, port))
      }),
    )
    for (const { accepted, lost, repeated } of results) {
      expect(accepted).toBeGreaterThan((kills / serversKilled) * 3)
      expect({ lost, repeated }).toEqual({ lost: 0, repeated: 0 })
    }
  })

  it('neither doubles nor drops a tick of a cron', async () => {
    const directory = await newDirectory()
    let server = await spawnFor(directory)
    const app = await startTestApp({
      serverUrl: server.url,
      functions: (inngest) => [
        inngest.createFunction({ id: 'cron', retries: 20 }, { cron: '* * * * *' }, () => null),
      ],
    })
    cleanUps.push(app.stop)
    await app.register()
    const jumps = 4
    for (let jump = 0; jump < jumps; jump++) {
      const body = '{"advance":"1m"}'
      const moving = fetch(`${server.url}/dev/clock`, { method: 'POST', body }).catch(() => undefined)
      await pause(Math.random() * 20)
      await server.kill()
      await moving
      server = await spawnFor(directory, server.port)
      // Once more, in case it was killed before the jump was written down.
      await fetch(`${server.url}/dev/clock`, { method: 'POST', body })
    }
    const runsOfTicks = () => {
      const runs = new Map<string, Set<string>>()
      for (const call of app.callsOf('cron')) {
        const { event } = call.body
        const tick = typeof event === 'object' && event !== null && 'id' in event ? String(event.id) : ''
        runs.set(tick, (runs.get(tick) ?? new Set()).add(String(call.headers['x-run-id'])))
      }
      return runs
    }
    await waitFor('the ticks', () => runsOfTicks().size >= jumps)
    for (const runs of runsOfTicks().values()) expect(runs.size).toBe(1)
  })

  it('loses events of a server that answers before the commit (control)', { timeout: 180_000 }, async () => {
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

  it('does not stop a sleep, a retry, an event dated in the future, a wait, a debounce or an invoked run', async () => {
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
        inngest.createFunction({ id: 'patient' }, { event: 'test/patient' }, async ({ step }) =>
          step.waitForEvent('too long', { event: 'test/never', timeout: '2s' }),
        ),
        inngest.createFunction(
          { id: 'held', debounce: { period: '2s' } },
          { event: 'test/held' },
          ({ event }) => event.data.n,
        ),
        ...parentAndChild(inngest),
      ],
    })
    cleanUps.push(app.stop)
    await app.register()
    const ts = Date.now() + 1500
    const { ids } = await app.inngest.send([
      { name: 'test/sleeper' },
      { name: 'test/flaky' },
      { name: 'test/later', ts },
      { name: 'test/patient' },
      { name: 'test/held', data: { n: 1 } },
      { name: 'test/parent' },
    ])
    // The app's answer is not enough: the server has to have written it down.
    const shows = async (id: string | undefined, text: string) => {
      const [run] = await runsOf(server.url, id ?? '')
      return (await (await fetch(`${server.url}/runs/${run?.run_id}`)).text()).includes(text)
    }
    await waitFor('the sleep', () => shows(ids[0], 'sleeps until'))
    await waitFor('the failure', () => shows(ids[1], 'step failed, again at'))
    await waitFor('the wait', () => shows(ids[3], 'waits for test/never'))
    await waitFor('the invocation', () => shows(ids[5], 'invokes'))
    await server.kill()
    server = await spawnFor(directory, server.port)
    const runs = await Promise.all(ids.map((id) => finishedRuns(server.url, id)))
    expect(runs.flat().map((run) => run.status)).toEqual(ids.map(() => 'Completed'))
    const [, flaky, later, patient, held, parent] = runs
    expect([patient, held, parent].map((ended) => ended?.[0]?.output)).toEqual([null, 1, 'of the child'])
    expect(flaky?.[0]?.output).toBe(1)
    expect(Number(later?.[0]?.output)).toBeGreaterThanOrEqual(ts)
    expect(ran.sort()).toEqual(['after', 'before', 'steady'])
  })
})

describe('the process', () => {
  it('is ready within a second, ends on SIGTERM and frees its folder', { retry: 2 }, async () => {
    const directory = await newDirectory()
    const before = Date.now()
    await promisify(execFile)(process.execPath, ['-e', '0'])
    const bareMs = Date.now() - before
    const server = await spawnFor(directory)
    // Other work on the machine slows down the start of any process: a bare one takes some 40 ms when there is none.
    expect(Date.now() - before - bareMs).toBeLessThan(Math.max(1000, bareMs * 20))
    expect(await server.stop()).toBe(0)
    expect(await (await spawnFor(directory)).stop()).toBe(0)
  })

  it('does not start on a folder another server is using', async () => {
    const directory = await newDirectory()
    await spawnFor(directory)
    await expect(spawnFor(directory)).rejects.toThrow('Another server is using')
  })

  // At once: each is a process that ends by itself.
  it.concurrent.each([
    [['dev', '--colour', 'red'], '--colour'],
    [['serve'], '"dev" or "start"'],
    [['dev', '--port', 'x'], '--port must be'],
    [['dev', '-u', 'nowhere'], '-u must be'],
    [['start'], '--signing-key'],
    [['dev', '--event-key', 'k', '--sqlite-dir', join(tmpdir(), 'never-made')], 'start mode only'],
  ])('refuses %j with one clear message', { timeout: 60_000 }, async (words, message) => {
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
