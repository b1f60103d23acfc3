import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stopRunningStack } from '../commands/down.ts'
import { StackError } from '../errors.ts'
import { repositoryRoot, stackFolder } from '../paths.ts'
import { startStack } from '../stack/start-stack.ts'
import { freePortBase } from '../testing/free-port-base.ts'
import { runScript } from '../testing/run-script.ts'
import { checkBrowser } from './check-browser.ts'
import { checkHealth, outstandingAges } from './check-health.ts'
import { describeSystem } from './check-machine.ts'
import { checkOverrides, overrideNames } from './check-overrides.ts'
import { describePicks } from './check-picks.ts'
import { commandForPeople } from './check-ports.ts'
import { judgeDisk, judgeMemory } from './check-space.ts'
import { checkStacks } from './check-stacks.ts'
import type { Finding, Section } from './finding.ts'
import { knownStacks } from './known-stacks.ts'
import { listProcesses } from './process-table.ts'
import { runChecks } from './run-checks.ts'

const GIB = 1024 ** 3

async function doctor(args: readonly string[], env: Record<string, string> = {}) {
  const result = await runScript(
    join(import.meta.dirname, 'main.ts'),
    [...args, '--patience', '60', '--json'],
    env,
  )
  const report = JSON.parse(result.stdout) as { ok: boolean; seconds: number; sections: Section[] }
  const findings = (title: string) =>
    report.sections.find((section) => section.title.startsWith(title))?.findings ?? []
  return { ...result, report, findings }
}

async function ownName() {
  const name = `test-${randomBytes(4).toString('hex')}`
  onTestFinished(async () => {
    await stopRunningStack(name)
    rmSync(stackFolder(name), { recursive: true, force: true })
  })
  return { name, portBase: await freePortBase() }
}

/** Every complaint says what to do, and nothing that is well does. */
function expectAdvice(findings: readonly Finding[]) {
  for (const { level, whatToDo } of findings) expect(whatToDo === undefined).toBe(level === 'ok')
}

describe('npm run doctor', { timeout: 90_000 }, () => {
  it('finds a machine on which the demo can run, ends with 0, and has advice for whatever is not well', async () => {
    const { name, portBase } = await ownName()
    const { code, report, findings } = await doctor(['--name', name, '--port-base', String(portBase)])
    expect({ code, ok: report.ok }).toEqual({ code: 0, ok: true })
    expectAdvice(report.sections.flatMap((section) => section.findings))
    expect(findings('Ports')[0]?.text).toContain(`Free: ${portBase}, ${portBase + 1}`)
    expect(findings('What each part')[0]?.text).toMatch(/^Databases: /)
  })

  it('ends with 1 when a port is taken, and names the process that has it', async () => {
    const { name, portBase } = await ownName()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(portBase + 40, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { code, findings } = await doctor(['--name', name, '--port-base', String(portBase)])
    expect(code).toBe(1)
    const [taken] = findings('Ports').filter(({ level }) => level === 'problem')
    expect(taken?.text).toContain(`Port ${portBase + 40} (stripe) is taken by process ${process.pid}`)
    expect(taken?.whatToDo).toContain('--port-base')
  })

  it('knows a running stack as the one that was asked for, or as another one that is in the way', async () => {
    const { name, portBase } = await ownName()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    onTestFinished(() => stack.stop())
    const same = await doctor(['--name', name])
    expect(same.code).toBe(0)
    expect(same.findings('Ports')).toEqual([
      { level: 'ok', text: `The running stack "${name}" has ${portBase + 51}.` },
    ])
    expect(same.findings('Health')[0]?.text).toContain('take connections')

    const other = await doctor(['--name', 'other', '--port-base', String(portBase)])
    expect(other.code).toBe(1)
    expect(other.findings('Ports')[1]).toEqual({
      level: 'problem',
      text: `Port ${portBase + 51} (inbox) belongs to the stack "${name}", which is running.`,
      whatToDo: expect.stringContaining(`npm run stack -- down --name ${name}`),
    })
  })

  it('prints no value of a variable, and refuses a live key', async () => {
    const { name, portBase } = await ownName()
    const secrets = {
      TT_DATABASE_URL: 'mysql://someone:correct-horse@127.0.0.1:1/shop',
      AH_STRIPE_SECRET_KEY: 'sk_live_51Hbatterystaple',
      TT_RESEND_API_KEY: 'staple-of-no-kind',
      TT_EMAIL_FROM: 'Somebody <somebody@example.org>',
    }
    const { code, stdout, stderr, findings } = await doctor(
      ['--name', name, '--port-base', String(portBase)],
      secrets,
    )
    expect(code).toBe(1)
    const said = findings('Variables').map(({ text }) => text)
    expect(said).toContainEqual(expect.stringContaining("can't be reached: ECONNREFUSED"))
    expect(said).toContainEqual(expect.stringContaining('AH_STRIPE_SECRET_KEY is a live key'))
    expect(said).toContainEqual(expect.stringContaining('TT_RESEND_API_KEY: it does not begin with re_'))
    for (const part of ['correct-horse', 'batterystaple', 'staple-of', 'somebody@']) {
      expect(stdout + stderr).not.toContain(part)
    }
  })

  it('can be read without colours, with a summary as the last line', async () => {
    const { name, portBase } = await ownName()
    const { stdout } = await runScript(join(import.meta.dirname, 'main.ts'), [
      '--name',
      name,
      '--port-base',
      String(portBase),
    ])
    expect(stdout).not.toContain('\u001b')
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('The demo can run here: `npm run demo`.')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  })

  it('refuses an option that it does not know in a sentence', async () => {
    const { code, stderr } = await runScript(join(import.meta.dirname, 'main.ts'), ['--fast'])
    expect(code).toBe(1)
    expect(stderr).toContain("Unknown option '--fast'")
    expect(stderr).toContain('npm run doctor')
  })
})

describe('runChecks', () => {
  it('goes on without a check that hangs, stops it, and says which one it was', async () => {
    let stopped = false
    const sections = await runChecks(
      [
        {
          title: 'Hangs',
          run: (signal) =>
            new Promise(() => {
              signal.addEventListener('abort', () => {
                stopped = true
              })
            }),
        },
        { title: 'Answers', run: async () => [{ level: 'ok', text: 'Well.' }] },
      ],
      50,
    )
    expect(stopped).toBe(true)
    expect(sections[0]?.findings[0]).toMatchObject({
      level: 'note',
      text: expect.stringContaining('"Hangs"'),
    })
    expect(sections[1]?.findings).toEqual([{ level: 'ok', text: 'Well.' }])
  })

  it('turns a failure into a finding with its next step', async () => {
    const fail = async () => {
      throw new StackError('no-mysql', 'There is none.', { nextStep: 'Install one.' })
    }
    expect((await runChecks([{ title: 'Database', run: fail }], 1_000))[0]?.findings).toEqual([
      { level: 'problem', text: 'There is none.', whatToDo: 'Install one.' },
    ])
  })
})

describe('what doctor says of', () => {
  it('WSL 1, WSL 2 and a checkout on a Windows drive', () => {
    const levels = (kernel: string, root: string) => describeSystem(kernel, root).map(({ level }) => level)
    expect(levels('Linux version 5.15 (WSL2, microsoft-standard)', '/home/a/code')).toEqual(['ok'])
    expect(levels('Linux version 5.15 (WSL2, microsoft-standard)', '/mnt/c/code')).toEqual(['ok', 'note'])
    expect(levels('Linux version 4.4.0 (Microsoft)', '/home/a/code')).toEqual(['problem'])
  })

  it('a disk: enough, soon too little, too little for a database', () => {
    expect([20, 2, 0.5].map((size) => judgeDisk(['.local'], size * GIB).level)).toEqual([
      'ok',
      'note',
      'problem',
    ])
    expectAdvice([judgeDisk(['.local'], GIB), judgeMemory(GIB, 8 * GIB), judgeMemory(4 * GIB, 8 * GIB)])
  })

  it('a machine without any browser, with a packaged one, and with a wrong CHROMIUM_BIN', async () => {
    const nothing = { playwrightsOwn: '', path: '', usualPlaces: [], environment: {} }
    expect((await checkBrowser(nothing, () => true))[0]?.level).toBe('ok')
    expect((await checkBrowser(nothing, () => false))[0]).toMatchObject({
      level: 'problem',
      whatToDo: expect.stringContaining('CHROMIUM_BIN'),
    })
    const wrong = { ...nothing, environment: { CHROMIUM_BIN: '/no/such/browser' } }
    expect((await checkBrowser(wrong, () => true))[0]?.level).toBe('problem')
  })

  it('a name in .env that nothing reads, which may be a slip', async () => {
    expect(overrideNames()).toContain('TT_DATABASE_URL')
    const findings = await checkOverrides({}, { TT_DATABSE_URL: 'mysql://a:b@127.0.0.1:1/c' })
    expect(findings).toEqual([
      { level: 'note', text: expect.stringContaining('TT_DATABSE_URL'), whatToDo: expect.any(String) },
    ])
  })

  it('a part that the two apps get from different places, or from nowhere', () => {
    const pick = {
      choice: 'url',
      what: 'given by TT_DATABASE_URL',
      version: '',
      forced: true,
      passedOver: [],
    }
    const other = { ...pick, what: 'MySQL 8.4.0, installed' }
    expect(
      describePicks([
        { part: 'mysql', app: 'tt', pick },
        { part: 'mysql', app: 'ah', pick: other },
        { part: 'inngest', app: 'tt', refusal: 'It does not run.', nextStep: 'Correct it.' },
      ]),
    ).toEqual([
      { level: 'ok', text: 'Databases, Total TypeScript: given by TT_DATABASE_URL.' },
      { level: 'ok', text: 'Databases, AI Hero: MySQL 8.4.0, installed.' },
      { level: 'problem', text: 'Inngest: It does not run.', whatToDo: 'Correct it.' },
    ])
  })

  it('processes that work on the data of a stack which nobody runs', async () => {
    const { name } = await ownName()
    mkdirSync(stackFolder(name), { recursive: true })
    writeFileSync(join(stackFolder(name), 'secrets.json'), '{}')
    const stray = spawn('/bin/sleep', ['60'], {
      cwd: process.platform === 'linux' ? stackFolder(name) : repositoryRoot,
    })
    onTestFinished(() => void stray.kill())
    await new Promise((resolve) => stray.once('spawn', resolve))
    const stacks = knownStacks(listProcesses()).filter((stack) => stack.name === name)
    expect(stacks[0]?.state).toBe('stopped')
    if (process.platform !== 'linux') return
    expect(checkStacks(stacks)).toEqual([
      {
        level: 'note',
        text: expect.stringContaining(String(stray.pid)),
        whatToDo: expect.stringContaining(`kill ${stray.pid}`),
      },
    ])
  })

  it('the stack of a test: in use for a while, then something to delete', () => {
    const stack = {
      name: 'test-0123abcd',
      state: 'stopped' as const,
      pid: undefined,
      staleLock: false,
      leftBehind: [],
      changedAt: new Date('2030-01-01T12:00:00Z'),
    }
    expect(checkStacks([stack], new Date('2030-01-01T12:05:00Z'))[0]?.level).toBe('ok')
    expect(checkStacks([stack], new Date('2030-01-01T13:00:00Z'))[0]).toMatchObject({
      level: 'note',
      whatToDo: expect.stringContaining('reset --name test-0123abcd'),
    })
  })

  it('what a running stack owes: the oldest outstanding thing by its age', async () => {
    expect(
      outstandingAges({ ok: true, oldestSyncSeconds: 4, oldestUnsentMailSeconds: 9, maxAgeSeconds: 600 }),
    ).toEqual([
      ['sync', 4],
      ['unsent mail', 9],
    ])
    const silent = { name: 'stripe', url: 'http://127.0.0.1:1', answers: false }
    const info = { apps: 'none' } as never
    const findings = await checkHealth('two', new AbortController().signal, async () => ({
      name: 'two',
      state: 'up',
      parts: [silent],
      info,
    }))
    expect(findings).toEqual([
      {
        level: 'problem',
        text: 'stripe does not answer at http://127.0.0.1:1.',
        whatToDo: expect.stringContaining('.local/two/logs/stripe.log'),
      },
    ])
  })

  /** What is said of a running stack whose parts are these. */
  const healthOf = (parts: { name: string; url: string; answers: boolean }[], ttUrl = 'http://127.0.0.1:1') =>
    checkHealth('two', new AbortController().signal, async () => ({
      name: 'two',
      state: 'up',
      parts,
      info: { apps: 'dev', tt: { url: ttUrl } } as never,
    }))

  it('a part that answers when it is asked again was only late', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const findings = await healthOf([{ name: 'stripe', url, answers: false }])
    expect(findings).toEqual([{ level: 'ok', text: 'All 1 parts take connections.' }])
  })

  it('a foreign command line is shown on one line, without the password that was given there', () => {
    const shown = commandForPeople(
      'server --password=hunter22\n postgres://me:hunter22@127.0.0.1/x --port 3000',
    )
    expect(shown).toBe('server --password=[removed] postgres://me:[secret]@127.0.0.1/x --port 3000')
  })

  it('the home page writes into the log of the process that runs the stack', async () => {
    const [finding] = await healthOf([{ name: 'home', url: 'http://127.0.0.1:1', answers: false }])
    expect(finding?.whatToDo).toContain('.local/two/supervisor.log')
  })

  it.each([
    [503, '{"oldestSyncSeconds":700}', 'Total TypeScript is not ready; oldest outstanding: sync 700 s.'],
    [500, '<!doctype html>', 'Total TypeScript answers /api/ready with status 500.'],
  ])('an app that answers %i, and claims nothing that it did not say', async (status, body, text) => {
    const server = createHttpServer((_, response) => response.writeHead(status).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const findings = await healthOf([{ name: 'tt', url, answers: true }], url)
    expect(findings.at(-1)).toMatchObject({ level: 'problem', text })
  })
})
