import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { cleanEnvironment } from './clean-environment.mjs'
import { commands } from './commands.mjs'
import { startTime, takeLock } from './lock.mjs'

const scripts = join(dirname(fileURLToPath(import.meta.url)), '..')
const root = join(scripts, '..')

function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'setup-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Result {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

function run(args: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; result: Promise<Result> } {
  const child = spawn(process.execPath, args, {
    // As under `npm run`, whoever runs these tests.
    env: { ...process.env, npm_lifecycle_event: 'stack', npm_config_noise: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  const result = new Promise<Result>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return { child, result }
}

/** Runs the bootstrap as if on another machine. */
function bootstrapAs(change: string, ...args: string[]): Promise<Result> {
  const preload = `data:text/javascript,${encodeURIComponent(change)}`
  return run(['--import', preload, join(scripts, 'bootstrap.mjs'), ...args]).result
}

/**
 * A tiny checkout whose npm and pnpm are shell scripts, so that an installation takes no time and can be made to fail.
 * `npm` writes a pnpm that does what `pnpmScript` says.
 */
function fakeCheckout(pnpmScript: string) {
  const folder = temporaryFolder()
  cpSync(join(scripts, 'bootstrap.mjs'), join(folder, 'scripts', 'bootstrap.mjs'))
  cpSync(join(scripts, 'setup'), join(folder, 'scripts', 'setup'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module","packageManager":"pnpm@10.0.0"}')
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages:\n  - apps/*\n')
  writeFileSync(join(folder, 'pnpm-lock.yaml'), 'lockfileVersion: 9')
  mkdirSync(join(folder, 'sandbox', 'stack', 'src'), { recursive: true })
  writeFileSync(
    join(folder, 'sandbox', 'stack', 'src', 'main.ts'),
    `const NOISE = /^npm_(lifecycle|package|config_noise)/
     const words: string[] = process.argv.slice(2)
     console.log(JSON.stringify({ words, pid: process.pid, noise: Object.keys(process.env).filter((name) => NOISE.test(name)) }))
     if (words[0] === 'stay') setInterval(() => undefined, 1000)
     else process.exitCode = Number(words[0] ?? 0)`,
  )
  const npm = join(folder, 'npm-cli.js')
  writeFileSync(
    npm,
    `import { mkdirSync, writeFileSync } from 'node:fs'
     mkdirSync('node_modules/.bin', { recursive: true })
     mkdirSync('node_modules/pnpm/bin', { recursive: true })
     writeFileSync('node_modules/pnpm/bin/pnpm.cjs', ${JSON.stringify(pnpmScript)})`,
  )
  const installs = join(folder, 'installs')
  const env = {
    npm_execpath: npm,
    INSTALLS: installs,
    NODE_PROGRAM: process.execPath,
    npm_config_nodedir: '/usr',
  }
  return {
    folder,
    start: (...args: string[]) => run([join(folder, 'scripts', 'bootstrap.mjs'), ...args], env),
    installs: () => (existsSync(installs) ? readFileSync(installs, 'utf8').length : 0),
  }
}

/** An installation that works: it notes that it ran, and puts Node where pnpm would. */
const WORKING_PNPM = `
  const { appendFileSync, mkdirSync, symlinkSync, writeFileSync, rmSync } = require('node:fs')
  appendFileSync(process.env.INSTALLS, 'x')
  mkdirSync('node_modules/.bin', { recursive: true })
  rmSync('node_modules/.bin/node', { force: true })
  symlinkSync(process.env.NODE_PROGRAM, 'node_modules/.bin/node')
  writeFileSync('node_modules/.modules.yaml', '')`

describe('bootstrap', () => {
  it('refuses native Windows in one message that says what to do', async () => {
    const { code, stderr } = await bootstrapAs(
      "Object.defineProperty(process, 'platform', { value: 'win32' })",
      'stack',
    )
    expect(code).toBe(1)
    expect(stderr).toContain('not on Windows itself')
    expect(stderr).toContain('WSL 2')
  })

  it('refuses an old Node by its version', async () => {
    const { code, stderr } = await bootstrapAs(
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })",
      'stack',
    )
    expect(code).toBe(1)
    expect(stderr).toContain('This is Node 18.20.4; the project needs Node 20 or newer.')
  })

  it('is readable by a Node too old for it: no imports and no modern syntax', () => {
    const source = readFileSync(join(scripts, 'bootstrap.mjs'), 'utf8')
    expect(source).not.toMatch(/^import /m)
    expect(source).not.toMatch(/\?\.|\?\?/)
  })

  it.each(Object.entries(commands).filter(([, command]) => 'later' in command))(
    'says in one sentence that %s comes later',
    async (name) => {
      const { code, stderr, stdout } = await run([join(scripts, 'bootstrap.mjs'), name]).result
      expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
        code: 1,
        stdout: '',
        lines: 1,
      })
    },
  )

  it('knows every script of the root package.json, and no other', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(Object.keys(commands).sort()).toEqual(Object.keys(manifest.scripts).sort())
    for (const [name, script] of Object.entries(manifest.scripts))
      expect(script).toBe(`node scripts/bootstrap.mjs ${name}`)
  })

  it('installs once, and again only when something has changed', async () => {
    const checkout = fakeCheckout(WORKING_PNPM)
    expect((await checkout.start('stack').result).code).toBe(0)
    expect((await checkout.start('stack').result).stderr).toBe('')
    expect(checkout.installs()).toBe(1)
    mkdirSync(join(checkout.folder, 'apps', 'new'), { recursive: true })
    writeFileSync(join(checkout.folder, 'apps', 'new', 'package.json'), '{}')
    await checkout.start('stack').result
    expect(checkout.installs()).toBe(2)
  })

  it("passes arguments and the exit code on, and keeps npm's variables to itself", async () => {
    const { code, stdout } = await fakeCheckout(WORKING_PNPM).start('stack', '7', '--flag', 'two words')
      .result
    expect(code).toBe(7)
    expect(JSON.parse(stdout)).toMatchObject({ words: ['7', '--flag', 'two words'], noise: [] })
  })

  it('passes a signal on and ends as the command ended', async () => {
    const { child, result } = fakeCheckout(WORKING_PNPM).start('stack', 'stay')
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    expect((await result).code).toBe(128 + 15)
  })

  it.each([
    ['starts it directly', (command: string[]) => command],
    // The second command keeps the shell from giving its place to the first.
    ['starts it by a shell', (command: string[]) => ['sh', '-c', `${command.join(' ')}; exit $?`]],
  ])('ends the command when the npm that %s is gone, even by kill -9', async (_, startedAs) => {
    const checkout = fakeCheckout(WORKING_PNPM)
    await checkout.start('stack').result
    const bootstrap = [process.execPath, join(checkout.folder, 'scripts', 'bootstrap.mjs'), 'stack', 'stay']
    const [program, ...args] = startedAs(bootstrap)
    // In npm's place: a process that starts the command and is then killed alone.
    const { child } = run([
      '-e',
      `const { spawn } = require('node:child_process')
       spawn(${JSON.stringify(program)}, ${JSON.stringify(args)}, { stdio: 'inherit' })
       setInterval(() => undefined, 1000)`,
    ])
    const said = new Promise<string>((resolve) =>
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8'))),
    )
    const { pid } = JSON.parse(await said) as { pid: number }
    expect(startTime(pid)).toBeDefined()
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(startTime(pid)).toBeUndefined(), { timeout: 10_000, interval: 50 })
  })

  it('lets two commands at once install only once', async () => {
    const checkout = fakeCheckout(
      `${WORKING_PNPM}\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)`,
    )
    const results = await Promise.all([checkout.start('stack').result, checkout.start('stack').result])
    expect(results.map(({ code }) => code)).toEqual([0, 0])
    expect(checkout.installs()).toBe(1)
    expect(results.map(({ stderr }) => stderr).join()).toContain('waiting: another command')
  })

  it('finishes an installation that was killed in the middle, and ends the installer it left behind', async () => {
    const checkout = fakeCheckout(`
      const fs = require('node:fs')
      if (!fs.existsSync('interrupted')) {
        fs.writeFileSync('interrupted', String(process.pid))
        fs.mkdirSync('node_modules/half', { recursive: true })
        process.kill(process.ppid, 'SIGKILL')
        setInterval(() => undefined, 1000)
      } else {
        ${WORKING_PNPM}
      }`)
    const killed = checkout.start('stack')
    await new Promise((resolve) => killed.child.once('exit', resolve))
    const leftBehind = Number(readFileSync(join(checkout.folder, 'interrupted'), 'utf8'))
    expect(startTime(leftBehind)).toBeDefined()
    expect((await checkout.start('stack').result).code).toBe(0)
    expect((await killed.result).signal).toBe('SIGKILL')
    expect(checkout.installs()).toBe(1)
  })

  it('starts over when what an interruption left can not be finished', async () => {
    const checkout = fakeCheckout(`
      const { existsSync } = require('node:fs')
      if (existsSync('node_modules/half')) process.exit(1)
      ${WORKING_PNPM}`)
    mkdirSync(join(checkout.folder, 'node_modules', 'half'), { recursive: true })
    expect((await checkout.start('stack').result).code).toBe(0)
  })

  it('says plainly what failed, with the last lines and the log file', async () => {
    const checkout = fakeCheckout("console.error('ERR_PNPM_META_FETCH_FAIL  no answer'); process.exit(1)")
    const { code, stderr } = await checkout.start('stack').result
    expect(code).toBe(1)
    expect(stderr).toContain('The packages could not be installed.')
    expect(stderr).toContain('ERR_PNPM_META_FETCH_FAIL  no answer')
    expect(stderr).toContain(join('.local', 'logs', 'setup.log'))
    expect(stderr).toContain('Next step:')
    expect(stderr).not.toContain('without the packages')
  })

  it('lets doctor say what it can when the packages that it needs could not be installed', async () => {
    const checkout = fakeCheckout('process.exit(1)')
    const { code, stderr } = await checkout.start('doctor').result
    expect(code).toBe(1)
    expect(stderr).toContain('The packages could not be installed.')
    expect(stderr).toContain(`✓ Node ${process.versions.node} on ${process.platform}`)
    expect(stderr).toContain('✓ The npm registry answers.')
    expect(stderr).toMatch(/GiB of disk free/)
  })

  it('lets doctor say that the registry does not answer', async () => {
    const checkout = fakeCheckout('process.exit(1)')
    writeFileSync(join(checkout.folder, 'npm-cli.js'), 'process.exit(1)')
    const { code, stderr } = await checkout.start('doctor').result
    expect(code).toBe(1)
    expect(stderr).toContain('npm could not fetch pnpm')
    expect(stderr).toMatch(/✗ The npm registry does not answer within 5 s \(.*prox.*\)/)
  })
})

describe('cleanEnvironment', () => {
  it("takes npm's own variables away and leaves a person's alone", () => {
    const env = {
      npm_config_nodedir: '/usr',
      npm_lifecycle_event: 'demo',
      INIT_CWD: '/',
      DATABASE_URL: 'kept',
      PATH: '/bin',
    }
    expect(cleanEnvironment(env)).toEqual({ DATABASE_URL: 'kept', PATH: '/bin' })
  })

  it('keeps the settings without which a registry can not be reached', () => {
    const env = { npm_config_registry: 'http://127.0.0.1:1', npm_config_https_proxy: 'http://127.0.0.1:2' }
    expect(cleanEnvironment(env)).toEqual(env)
  })
})

describe('takeLock', () => {
  it('waits for a live owner and says so once', async () => {
    const file = join(temporaryFolder(), 'lock')
    const release = await takeLock(file, () => undefined)
    const waits: number[] = []
    const second = takeLock(file, (pid) => {
      waits.push(pid)
      release()
    })
    ;(await second)()
    expect(waits).toEqual([process.pid])
  })

  it('takes over the lock of a process that is gone, also when its number is in use again', async () => {
    const file = join(temporaryFolder(), 'lock')
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: `not ${startTime(process.pid)}` }))
    const release = await takeLock(file, () => {
      throw new Error('There is nobody to wait for.')
    })
    release()
    expect(existsSync(file)).toBe(false)
  })
})
