import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { discordClientIds } from '../app-environment.ts'
import { stopRunningStack } from '../commands/down.ts'
import { lockOwner } from '../lock-file.ts'
import { nodeProgram, stackFolder } from '../paths.ts'
import { discordUsers, githubUsers } from '../personas.ts'
import { isPortFree } from '../ports/assert-ports-free.ts'
import { portsOf } from '../ports/ports-of.ts'
import { readStackInfo, stackInfoFile, stackLockFile } from '../stack-info.ts'
import { fakeProgram } from '../testing/fake-program.ts'
import { freePortBase } from '../testing/free-port-base.ts'
import { runStackCommand } from '../testing/run-stack-command.ts'
import { waitUntil } from '../wait-until.ts'
import { readAppEnvironments } from './app-environments-file.ts'
import { startStack } from './start-stack.ts'

afterEach(() => vi.unstubAllEnvs())

async function ownStack() {
  const name = `test-${randomBytes(4).toString('hex')}`
  const portBase = await freePortBase()
  onTestFinished(async () => {
    await stopRunningStack(name)
    rmSync(stackFolder(name), { recursive: true, force: true, maxRetries: 8 })
  })
  return {
    name,
    portBase,
    ports: portsOf(portBase),
    flags: ['--name', name, '--port-base', String(portBase)],
  }
}

describe('startStack', () => {
  it('starts parts, tells where they are, and leaves nothing behind', async () => {
    const { name, portBase, ports } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['github', 'inbox'] })
    expect(stack.parts.map((part) => part.name).sort()).toEqual(['github', 'inbox'])
    expect((await fetch(`${stack.info.inbox.url}/inbox`)).status).toBe(200)
    expect(readStackInfo(name)).toEqual(stack.info)
    expect(statSync(stackInfoFile(name)).mode & 0o777).toBe(0o600)
    expect(statSync(stackFolder(name)).mode & 0o777).toBe(0o700)

    await stack.stop()
    expect(await isPortFree(ports.github)).toBe(true)
    expect(readStackInfo(name)).toBeUndefined()
    expect(existsSync(stackInfoFile(name))).toBe(false)
  })

  it('seeds the GitHub sandbox so that everybody has the id written down for them', async () => {
    const { name, portBase } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['github'] })
    onTestFinished(() => stack.stop())
    for (const { login, providerAccountId } of githubUsers) {
      const user = (await (await fetch(`${stack.info.github.url}/users/${login}`)).json()) as {
        id: number
      }
      expect(String(user.id)).toBe(providerAccountId)
    }
  })

  it('starts Discord with everybody on its sign-in page, for the address of each site only', async () => {
    const { name, portBase, ports, flags } = await ownStack()
    const hosts = { tt: 'tt.test', ah: 'ah.test' }
    const stack = await startStack({ name, portBase, apps: 'none', only: ['discord'], hosts })
    onTestFinished(() => stack.stop())
    expect(stack.info).toMatchObject({
      discord: { url: `http://127.0.0.1:${ports.discord}` },
      tt: { url: `http://tt.test:${ports.tt}` },
      ah: { url: `http://ah.test:${ports.ah}` },
    })
    const signInPage = async (host: string) => {
      const query = new URLSearchParams({
        client_id: discordClientIds.ah,
        redirect_uri: `http://${host}:${ports.ah}/api/auth/callback/discord`,
        response_type: 'code',
        scope: 'identify email',
        state: 'state',
      })
      const response = await fetch(`${stack.info.discord.url}/oauth2/authorize?${query}`)
      return { status: response.status, text: await response.text() }
    }
    const page = await signInPage('ah.test')
    expect(page.status).toBe(200)
    for (const { id, username } of discordUsers) {
      expect(page.text).toContain(`value="${id}"`)
      expect(page.text).toContain(username)
    }
    expect((await signInPage('localhost')).status).toBe(400)

    const status = await runStackCommand(['status', ...flags, '--json'])
    const parts = (JSON.parse(status.stdout) as { parts: { name: string; answers: boolean }[] }).parts
    expect(parts).toContainEqual(expect.objectContaining({ name: 'discord', answers: true }))
    await stack.stopPart('discord')
    expect(await isPortFree(ports.discord)).toBe(true)
  })

  it.each(['example.com', 'tt.test.example.com', '127.0.0.1', 'tt.test:80', 'test', '.test', ''])(
    'refuses a site %j that somebody else could own',
    async (host) => {
      const start = startStack({ name: 'test-hosts', apps: 'none', hosts: { tt: 'tt.test', ah: host } })
      await expect(start).rejects.toMatchObject({ code: 'bad-arguments' })
    },
  )

  it('hands out the running stack of that name, and leaves it running', async () => {
    const { name, portBase } = await ownStack()
    const first = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    onTestFinished(() => first.stop())
    const second = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    expect(second.alreadyRunning).toBe(true)
    expect(second.info).toEqual(first.info)
    await second.stop()
    expect((await fetch(`${first.info.inbox.url}/inbox`)).status).toBe(200)
    await expect(second.killPart('inbox')).rejects.toThrow('another process')
  })

  it('stops, kills and starts a single part', async () => {
    const { name, portBase, ports } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    onTestFinished(() => stack.stop())
    await stack.stopPart('inbox')
    expect(await isPortFree(ports.inbox)).toBe(true)
    await stack.startPart('inbox')
    expect((await fetch(`${stack.info.inbox.url}/inbox`)).status).toBe(200)
    await stack.killPart('inbox')
    expect(await isPortFree(ports.inbox)).toBe(true)
  })

  it('keeps what a database has committed when its server is killed', async () => {
    const { name, portBase } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['mysql-ah'] })
    onTestFinished(() => stack.stop())
    const before = await createConnection(stack.info.ah.databaseUrl)
    await before.query('CREATE TABLE kept (text VARCHAR(40)) CHARACTER SET utf8mb4')
    await before.query("INSERT INTO kept VALUES ('ünïcödé 🎓')")
    before.on('error', () => undefined)
    await stack.killPart('mysql-ah')
    await stack.startPart('mysql-ah')
    const after = await createConnection(stack.info.ah.databaseUrl)
    const [rows] = await after.query<RowDataPacket[]>('SELECT text, @@time_zone AS zone FROM kept')
    await after.end()
    expect(rows).toEqual([{ text: 'ünïcödé 🎓', zone: '+00:00' }])
  })

  it('refuses a taken port before anything is started', async () => {
    const { name, portBase, ports } = await ownStack()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(ports.inbox, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const progress: string[] = []
    const start = startStack({
      name,
      portBase,
      apps: 'none',
      only: ['github', 'inbox'],
      onProgress: (event) => progress.push(event.type),
    })
    await expect(start).rejects.toMatchObject({ code: 'port-taken' })
    expect(progress).toEqual([])
    expect(await isPortFree(ports.github)).toBe(true)
    expect(lockOwner(stackLockFile(name))).toBeUndefined()
  })

  it('keeps the port of the home page, and says so when it is taken', async () => {
    const { name, portBase, ports } = await ownStack()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(ports.home, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const start = startStack({ name, portBase, apps: 'none', only: ['inbox'], home: true })
    await expect(start).rejects.toThrow(`Port ${ports.home}, needed for the home page, is taken`)
  })

  it('refuses a choice that can not be had, with what to do, and starts nothing', async () => {
    const { name, portBase } = await ownStack()
    vi.stubEnv('PATH', '/no/such/folder')
    const progress: string[] = []
    const start = startStack({
      name,
      portBase,
      apps: 'none',
      only: ['inngest-tt', 'inbox'],
      choices: { inngest: 'installed' },
      onProgress: ({ type }) => progress.push(type),
    })
    await expect(start).rejects.toMatchObject({
      code: 'not-available',
      nextStep: expect.stringContaining('npm install -g inngest-cli@'),
    })
    expect(progress).not.toContain('starting')
    expect(lockOwner(stackLockFile(name))).toBeUndefined()
  })

  it('says in stack.json what was picked, and why not what comes before', async () => {
    const { name, portBase } = await ownStack()
    const choices = { inngest: 'embedded' } as const
    const stack = await startStack({ name, portBase, apps: 'none', only: ['inngest-tt'], choices })
    onTestFinished(() => stack.stop())
    expect(readStackInfo(name)).toMatchObject({
      parts: ['inngest-tt'],
      picks: { inngestTt: { choice: 'embedded', forced: true, what: 'Inngest stand-in' } },
      kinds: { inngest: 'embedded', mysql: 'none', stripe: 'none' },
    })
    expect(stack.info.picks.inngestTt?.passedOver.map(({ choice }) => choice)).toEqual([
      'binary',
      'installed',
      'docker',
      'real',
    ])
    expect(stack.info.picks).not.toHaveProperty('mysqlTt')
  })

  it('puts a proxy on every road and sends the apps over them, when asked to', async () => {
    const { name, portBase, ports } = await ownStack()
    const routeThrough = { ttToAhApi: 'http://127.0.0.1:1' }
    const stack = await startStack({
      name,
      portBase,
      apps: 'none',
      only: ['inbox'],
      roads: true,
      routeThrough,
    })
    onTestFinished(() => stack.stop())
    const { tt, ah } = readAppEnvironments(name)
    expect(tt.AI_HERO_API_URL).toBe('http://127.0.0.1:1')
    expect(tt.RESEND_BASE_URL).toBe(stack.roads?.routes.ttToMail)
    expect(ah.RESEND_BASE_URL).not.toBe(`http://127.0.0.1:${ports.inbox}`)
    expect((await fetch(`${tt.RESEND_BASE_URL}/inbox`)).status).toBe(200)
    await stack.stop()
    await expect(fetch(`${tt.RESEND_BASE_URL}/inbox`)).rejects.toThrow()
  })

  it('freezes a part so that nobody gets an answer, and lets it go on', async () => {
    const { name, portBase } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    onTestFinished(() => stack.stop())
    const answers = () =>
      fetch(`${stack.info.inbox.url}/inbox`, { signal: AbortSignal.timeout(400) }).then(
        () => true,
        () => false,
      )
    await stack.pausePart('inbox')
    await waitUntil(async () => !(await answers()), { deadlineMs: 5_000, describe: 'Silence' })
    await stack.resumePart('inbox')
    await waitUntil(answers, { deadlineMs: 5_000, describe: 'An answer' })
  })

  it('can be started after a start that was refused for its ports', async () => {
    const { name, portBase } = await ownStack()
    const refused = startStack({ name, portBase: 99, apps: 'none', only: ['inbox'] })
    await expect(refused).rejects.toMatchObject({ code: 'bad-arguments' })
    const stack = await startStack({ name, portBase, apps: 'none', only: ['inbox'] })
    await stack.stop()
    expect(stack.alreadyRunning).toBe(false)
  })

  it('refuses a name that would be a path', async () => {
    await expect(startStack({ name: '../up', apps: 'none' })).rejects.toMatchObject({ code: 'bad-arguments' })
  })
})

// Each of these starts several programs, one after the other: on a busy machine that takes its time.
describe('stack up', { timeout: 90_000 }, () => {
  it('stays when the command has ended, is seen by status, and goes with down', async () => {
    const { name, flags, ports } = await ownStack()
    const options = [
      '--apps',
      'none',
      '--only',
      'inngest-tt,inbox',
      '--ah-host',
      'ah.test',
      '--inngest=embedded',
    ]
    const started = await runStackCommand(['up', ...flags, ...options])
    expect(started).toMatchObject({ code: 0 })
    expect(started.stderr).toContain(`The stack "${name}" is up.`)
    expect(started.stderr).toContain(`http://localhost:${ports.tt}`)
    expect(started.stderr).toContain(`http://ah.test:${ports.ah}`)
    const status = JSON.parse((await runStackCommand(['status', '--name', name, '--json'])).stdout)
    // The apps are shown in any case: a dev server beside the stack may be theirs.
    expect(status.parts.map((part: { name: string }) => part.name)).toEqual([
      'tt',
      'ah',
      'inngest-tt',
      'inbox',
    ])
    expect(status.info.picks.inngestTt).toMatchObject({ choice: 'embedded', forced: true })
    expect(started.stderr).toContain('inngest tt  embedded  --inngest=embedded was asked for')
    expect(status).toMatchObject({ state: 'up', info: { inbox: { url: `http://127.0.0.1:${ports.inbox}` } } })

    const down = await runStackCommand(['down', '--name', name, '--json'])
    expect(JSON.parse(down.stdout)).toEqual({ stopped: true })
    expect(await isPortFree(ports.inbox)).toBe(true)
    expect(JSON.parse((await runStackCommand(['down', '--name', name, '--json'])).stdout)).toEqual({
      stopped: false,
    })
  })

  it('leaves no process and no port within five seconds when its supervisor is killed, and starts again', async () => {
    const { name, flags, ports } = await ownStack()
    const only = ['--apps', 'none', '--only', 'mysql-tt,inbox']
    expect((await runStackCommand(['up', ...flags, ...only])).code).toBe(0)
    const supervisor = lockOwner(stackLockFile(name))
    if (!supervisor) throw new Error('Nobody supervises the stack.')
    process.kill(supervisor.pid, 'SIGKILL')
    for (const port of [ports['mysql-tt'], ports.inbox]) {
      await waitUntil(() => isPortFree(port), { deadlineMs: 5_000, describe: `A free port ${port}` })
    }
    expect(readStackInfo(name)).toBeUndefined()
    const again = await runStackCommand(['up', ...flags, ...only, '--json'])
    expect(again).toMatchObject({ code: 0 })
    expect(JSON.parse(again.stdout)).toMatchObject({ name })
  })

  it('takes down what has started when it is interrupted, before it ends itself', async () => {
    const { name, flags, ports } = await ownStack()
    const never = fakeProgram('inngest', '[ "$1" = version ] && echo 1.43.0 || exec sleep 60')
    const main = join(import.meta.dirname, '..', 'main.ts')
    const up = spawn(nodeProgram(), [main, 'up', ...flags, '--apps', 'none', '--only', 'inbox,inngest-tt'], {
      env: { ...process.env, INNGEST_BIN: never },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    up.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    const ended = once(up, 'close')
    await waitUntil(() => said.includes('mail inbox'), {
      deadlineMs: 60_000,
      describe: 'An inbox',
    })
    up.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    expect(said).toContain('Interrupted: what had been started is stopped.')
    expect(await isPortFree(ports.inbox)).toBe(true)
    expect(lockOwner(stackLockFile(name))).toBeUndefined()
  })

  it('names the part that dies at its start, shows its last words and its log, and stops the rest', async () => {
    const { flags, ports } = await ownStack()
    const { code, stderr } = await runStackCommand(
      ['up', ...flags, '--apps', 'none', '--only', 'inngest-tt,inbox'],
      {
        // Knows its version and can do nothing else.
        INNGEST_BIN: `${import.meta.dirname}/../testing/broken-inngest.sh`,
      },
    )
    expect(code).toBe(1)
    expect(stderr).toContain('The part inngest-tt ended at its start (code 3).')
    expect(stderr).toContain('cannot open the moon')
    expect(stderr).toContain('inngest-tt.log')
    await waitUntil(() => isPortFree(ports.inbox), { deadlineMs: 5_000, describe: 'A free port' })
  })

  it('says so when a given database refuses the password, without showing it', async () => {
    const { name, portBase, flags } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['mysql-tt'] })
    onTestFinished(() => stack.stop())
    const { host } = new URL(stack.info.tt.databaseUrl)
    const second = await ownStack()
    expect(flags).not.toEqual(second.flags)
    const { code, stderr } = await runStackCommand(
      ['up', ...second.flags, '--apps', 'none', '--only', 'mysql-tt'],
      {
        TT_DATABASE_URL: `mysql://tt:not-the-password@${host}/tt`,
      },
    )
    expect(code).toBe(1)
    expect(stderr).toContain(`The database server at ${host} refuses the user tt (TT_DATABASE_URL)`)
    expect(stderr).not.toContain('not-the-password')
  })

  it('uses a given database and starts none', async () => {
    const { name, portBase } = await ownStack()
    const stack = await startStack({ name, portBase, apps: 'none', only: ['mysql-ah'] })
    onTestFinished(() => stack.stop())
    const second = await ownStack()
    const result = await runStackCommand(
      ['up', ...second.flags, '--apps', 'none', '--only', 'mysql-ah', '--json'],
      {
        AH_DATABASE_URL: stack.info.ah.databaseUrl,
      },
    )
    expect(result).toMatchObject({ code: 0 })
    expect(JSON.parse(result.stdout)).toMatchObject({ ah: { databaseUrl: stack.info.ah.databaseUrl } })
    expect(await isPortFree(second.ports['mysql-ah'])).toBe(true)
  })
})
