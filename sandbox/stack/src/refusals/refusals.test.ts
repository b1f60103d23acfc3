/**
 * Each part refused in each way that happens to people: what they are told, and that nothing is left running. Where a
 * part is missing from a table, the reason stands above it.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { describeError } from '../errors.ts'
import { lockOwner } from '../lock-file.ts'
import { nodeProgram, stackFolder } from '../paths.ts'
import type { ForcedChoices } from '../picking/pick.ts'
import { isPortFree } from '../ports/assert-ports-free.ts'
import { type ListeningPart, portsOf, type StackPorts } from '../ports/ports-of.ts'
import type { StartStackOptions } from '../stack/stack.ts'
import { startStack } from '../stack/start-stack.ts'
import { stackLockFile } from '../stack-info.ts'
import { freePortBase } from '../testing/free-port-base.ts'
import { holdTestDatabaseServer, type TestDatabaseServer } from '../testing/keeper.ts'
import { markedProcesses } from '../testing/marked-processes.ts'
import { waitUntil } from '../wait-until.ts'

const PARTS = ['mysql-tt', 'inngest-ah', 'stripe', 'github', 'inbox', 'discord', 'tt'] as const

interface Refused {
  name: string
  portBase: number
  ports: StackPorts
}

let mark: string
beforeEach(() => {
  // Every process that a stack starts inherits it: by this mark a stray one is known. Short, for the sockets in it.
  mark = mkdtempSync(join(realpathSync(tmpdir()), 'r-'))
  vi.stubEnv('TMPDIR', mark)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(mark, { recursive: true, force: true })
})

function stubVariables(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}

async function newStack(): Promise<Refused> {
  const name = `test-${randomBytes(4).toString('hex')}`
  onTestFinished(() => rmSync(stackFolder(name), { recursive: true, force: true }))
  const portBase = await freePortBase()
  return { name, portBase, ports: portsOf(portBase) }
}

/** What a person reads when a stack of these parts can't be started. */
async function toldBy(
  { name, portBase }: Refused,
  only: readonly ListeningPart[],
  options: Partial<StartStackOptions> = {},
): Promise<string> {
  const apps = only.includes('tt') ? 'dev' : 'none'
  const text = await startStack({ name, portBase, apps, only, ...options }).then(
    async (stack) => {
      await stack.stop()
      throw new Error('It started.')
    },
    (error: unknown) => describeError(error),
  )
  // A person's message, not a programmer's: what is in a log may have a stack, what we say may not.
  expect(text.split('\n').filter((line) => /^\s+at .*:\d+/.test(line))).toEqual([])
  return text
}

/** When a refusal is told, all is over: no process, port or lock is left. */
async function expectNothingLeft({ name, ports }: Refused, only: readonly ListeningPart[]): Promise<void> {
  expect(markedProcesses('TMPDIR', mark)).toEqual([])
  expect(lockOwner(stackLockFile(name))).toBeUndefined()
  for (const part of only) expect({ part, free: await isPortFree(ports[part]) }).toEqual({ part, free: true })
}

describe('a taken port', { timeout: 90_000 }, () => {
  it.each(PARTS)(
    'of %s is told with who has it and two ways out, before anything is started',
    async (part) => {
      const stack = await newStack()
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(stack.ports[part], '127.0.0.1', resolve))
      onTestFinished(() => void server.close())
      const started: string[] = []
      const text = await toldBy(stack, [part], {
        onProgress: ({ type, step }) => {
          if (type === 'starting') started.push(step)
        },
      })
      expect(text).toContain(
        `Port ${stack.ports[part]}, needed for ${part}, is taken by process ${process.pid}`,
      )
      expect(text).toContain('Next step: Stop that program, or move the whole stack with `--port-base')
      expect(started).toEqual([])
      await expectNothingLeft(stack, [])
    },
  )
})

describe('what is not installed', { timeout: 90_000 }, () => {
  // Stand-ins and the apps come with the packages: when one is missing, it is the set-up that says so (scripts/setup).
  it.each<
    [
      what: string,
      choices: ForcedChoices,
      part: ListeningPart,
      variables: Record<string, string>,
      told: RegExp,
    ]
  >([
    ['a database in Docker', { mysql: 'docker' }, 'mysql-tt', {}, /^--mysql=docker can't be had: .*docker/i],
    [
      'a database by its address',
      { mysql: 'url' },
      'mysql-tt',
      {},
      /^--mysql=url can't be had: TT_DATABASE_URL is not set/,
    ],
    [
      'an Inngest server on PATH',
      { inngest: 'installed' },
      'inngest-ah',
      {},
      /^--inngest=installed can't be had: .*`inngest`/,
    ],
    [
      'the Inngest server that INNGEST_BIN names',
      {},
      'inngest-ah',
      { INNGEST_BIN: '/no/such/inngest' },
      /INNGEST_BIN.*\/no\/such\/inngest/,
    ],
    ['Stripe without keys', { stripe: 'test-mode' }, 'stripe', {}, /--stripe=test-mode|STRIPE_SECRET_KEY/],
    ['GitHub without keys', { github: 'real' }, 'github', {}, /GITHUB_CLIENT_ID/],
    ['Discord without keys', { discord: 'real' }, 'discord', {}, /DISCORD_CLIENT_ID/],
    ['mail without a key', { mail: 'real' }, 'inbox', {}, /RESEND_API_KEY/],
  ])(
    '%s is refused when it was asked for, never replaced in silence',
    async (_, choices, part, given, told) => {
      const stack = await newStack()
      const emptyPath = mkdtempSync(join(mark, 'path-'))
      stubVariables({ PATH: emptyPath, ...given })
      // The services outside belong to an app: without one nobody would ask for them.
      const isService = part !== 'mysql-tt' && part !== 'inngest-ah'
      const only: ListeningPart[] = isService ? [part, 'tt'] : [part]
      const text = await toldBy(stack, only, { choices })
      expect(text).toMatch(told)
      expect(text).toMatch(/\nNext step: \S.{15,}/)
      await expectNothingLeft(stack, only)
    },
  )
})

describe('a wrong password or key', { timeout: 90_000 }, () => {
  let server: TestDatabaseServer
  beforeAll(async () => {
    server = await holdTestDatabaseServer()
  }, 90_000)
  afterAll(() => server?.release())

  // Inngest and the stand-ins are given theirs by the stack, which makes them: they can't be wrong.
  it('of a database is told without the password, and with the variable that holds it', async () => {
    const stack = await newStack()
    vi.stubEnv('TT_DATABASE_URL', `mysql://tt:not-the-password@127.0.0.1:${server.port}/shop`)
    const text = await toldBy(stack, ['mysql-tt'])
    expect(text).toContain(
      `127.0.0.1:${server.port} refuses the user tt (TT_DATABASE_URL): wrong name, password or rights`,
    )
    expect(text).toContain('Next step: Correct the user and password in TT_DATABASE_URL, or remove it')
    expect(text).not.toContain('not-the-password')
    await expectNothingLeft(stack, ['mysql-tt'])
  })

  it.each<[what: string, variables: Record<string, string>, told: string]>([
    [
      'a live key of Stripe',
      { TT_STRIPE_SECRET_KEY: 'sk_live_51Hsecret' },
      'TT_STRIPE_SECRET_KEY is a live key',
    ],
    [
      'what is no key of Stripe',
      { TT_STRIPE_SECRET_KEY: 'pk_test_51Hsecret' },
      'TT_STRIPE_SECRET_KEY is no secret key',
    ],
    [
      'half of a GitHub application',
      { TT_GITHUB_CLIENT_ID: 'Iv1.51Hsecret' },
      'TT_GITHUB_CLIENT_SECRET is missing',
    ],
    [
      'half of a Discord application',
      { TT_DISCORD_CLIENT_SECRET: '51Hsecret' },
      'TT_DISCORD_CLIENT_ID is missing',
    ],
    ['a mail key without a sender', { TT_RESEND_API_KEY: 're_51Hsecret' }, 'TT_EMAIL_FROM is missing'],
  ])('%s is refused by the name of its variable, and not shown', async (_, given, told) => {
    const stack = await newStack()
    stubVariables(given)
    const text = await toldBy(stack, ['stripe', 'tt'], { choices: {} })
    expect(text).toContain(told)
    expect(text).toMatch(/\nNext step: \S.{15,}/)
    expect(text).not.toContain('51Hsecret')
    await expectNothingLeft(stack, ['stripe', 'tt'])
  })
})

describe('a part that dies at its start', { timeout: 90_000 }, () => {
  it.each(PARTS)('is named when it is %s, with its log and what to do', async (part) => {
    const stack = await newStack()
    let isStarting = false
    let isOver = false
    const told = toldBy(stack, [part], {
      onProgress: ({ type, step }) => {
        if (type === 'starting' && step === part) isStarting = true
      },
    }).finally(() => {
      isOver = true
    })
    const killing = waitUntil(
      () => {
        if (isOver) return true
        if (!isStarting) return false
        const [victim] = markedProcesses('TMPDIR', mark).filter(
          ({ command }) => !command.includes('guard-main'),
        )
        if (victim === undefined) return false
        process.kill(victim.pid, 'SIGKILL')
        return true
      },
      { deadlineMs: 25_000, everyMs: 5, describe: `The process of ${part}` },
    )
    const text = await told
    await killing
    expect(text).toContain(part)
    expect(text).toMatch(/SIGKILL/)
    expect(text).toContain(join('logs', `${part}.log`))
    expect(text).toMatch(/\nNext step: \S.{15,}/)
    await expectNothingLeft(stack, [part])
  })

  it.each<[part: ListeningPart, what: string, prepare: (folder: string) => void, said: RegExp]>([
    [
      'mysql-tt',
      'a data folder that is none',
      (folder) => {
        mkdirSync(join(folder, 'mysql-tt'), { recursive: true })
        writeFileSync(join(folder, 'mysql-tt', 'ibdata1'), 'not a tablespace')
      },
      /│ .*(ibdata1|InnoDB|mysql\.)/,
    ],
    [
      'inngest-ah',
      'a server that only knows its version',
      (folder) => {
        mkdirSync(folder, { recursive: true })
        const program = join(folder, 'inngest')
        writeFileSync(
          program,
          '#!/bin/sh\n[ "$1" = version ] && exec echo 1.0.0\necho "cannot open the moon" >&2\nexit 3\n',
        )
        chmodSync(program, 0o755)
        vi.stubEnv('INNGEST_BIN', program)
      },
      /ended at its start \(code 3\)[\s\S]*│ cannot open the moon/,
    ],
    [
      'stripe',
      'a file that is no database',
      (folder) => {
        mkdirSync(join(folder, 'stripe', 'data'), { recursive: true })
        writeFileSync(join(folder, 'stripe', 'data', 'stripe.sqlite'), 'x'.repeat(8192))
      },
      /│ .*not a database/,
    ],
  ])('shows the last words of %s that found %s', async (part, _, prepare, said) => {
    const stack = await newStack()
    prepare(stackFolder(stack.name))
    const text = await toldBy(stack, [part])
    expect(text).toContain(part)
    expect(text).toMatch(said)
    expect(text).toMatch(/\nNext step: \S.{15,}/)
    await expectNothingLeft(stack, [part])
  })
})

/** The command with which a process of this user may mount a disk of its own; undefined where the system has none. */
function ownMounts(): string[] | undefined {
  if (process.platform !== 'linux') return undefined
  const ways = [
    ['unshare', '--mount'],
    ['unshare', '--mount', '--map-root-user'],
  ]
  return ways.find(([command = '', ...args]) => {
    try {
      execFileSync(command, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

describe('a full disk', { timeout: 90_000 }, () => {
  const mounts = ownMounts()
  // The smallest disks on which each comes as far as its own first files. The apps write elsewhere: beside their sources.
  const sizes = {
    'mysql-tt': '4m',
    'inngest-ah': '32k',
    stripe: '32k',
    github: '8k',
    inbox: '8k',
    discord: '8k',
  } as const
  const stacks = Object.keys(sizes).map((part) => ({ part, name: `test-${randomBytes(4).toString('hex')}` }))

  it.skipIf(mounts === undefined)(
    'is told as a full disk, whichever part meets it first (needs Linux and the right to mount)',
    async () => {
      onTestFinished(() => {
        for (const { name } of stacks) rmSync(stackFolder(name), { recursive: true, force: true })
      })
      const [command = '', ...args] = mounts ?? []
      const script = join(import.meta.dirname, 'full-disk-main.ts')
      const requests = stacks.map(({ part, name }) => `${name}=${part}=${sizes[part as keyof typeof sizes]}`)
      const out = execFileSync(command, [...args, nodeProgram(), script, ...requests], { encoding: 'utf8' })
      const told = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Record<string, string>
      for (const { part } of stacks) {
        expect({ part, told: told[part] }).toEqual({
          part,
          told: expect.stringContaining('The disk is full.'),
        })
        expect(told[part]).toContain('Next step: Make room')
        expect(told[part]).not.toMatch(/^\s+at .*:\d+/m)
      }
      expect(markedProcesses('TMPDIR', mark)).toEqual([])
    },
  )
})
