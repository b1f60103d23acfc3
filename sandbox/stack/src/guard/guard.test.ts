import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nodeProgram } from '../paths.ts'
import { isPortFree } from '../ports/assert-ports-free.ts'
import { freePort } from '../ports/free-port.ts'
import { processStartTime } from '../process-identity.ts'
import { markedProcesses } from '../testing/marked-processes.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { createGuard } from './guard.ts'

const testing = join(dirname(fileURLToPath(import.meta.url)), '..', 'testing')

async function startSupervisor(mode: 'guarded' | 'unguarded', folder: string) {
  const ports = [await freePort(), await freePort()] as const
  const supervisor = spawn(
    nodeProgram(),
    [join(testing, 'supervisor.ts'), mode, String(ports[0]), String(ports[1]), join(folder, 'part.log')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let groupLeader: number | undefined
  await new Promise<void>((resolve) => {
    createInterface({ input: supervisor.stdout }).on('line', (line) => {
      groupLeader ??= /^pid (\d+)/.exec(line) ? Number(line.slice(4)) : undefined
      if (line === 'started') resolve()
    })
  })
  for (const port of ports) {
    await waitUntil(async () => !(await isPortFree(port)), {
      deadlineMs: 10_000,
      describe: `Someone on port ${port}`,
    })
  }
  return { supervisor, ports, groupLeader }
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function guardForTest() {
  const guard = createGuard()
  onTestFinished(() => guard.close())
  return guard
}

describe('guard', () => {
  it('lets a process that a person has paused end in order when the supervisor is gone', async () => {
    const guard = createGuard()
    const file = join(temporaryFolder(), 'said')
    const process_ = await guard.start({
      command: nodeProgram(),
      args: [
        '-e',
        `const { writeFileSync } = require('node:fs')
         process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(file)}, 'in order'); process.exit(0) })
         writeFileSync(${JSON.stringify(file)}, 'ready')
         setInterval(() => {}, 1000)`,
      ],
      cwd: dirname(file),
      env: {},
    })
    const says = async (text: string) => existsSync(file) && readFileSync(file, 'utf8') === text
    await waitUntil(() => says('ready'), { deadlineMs: 10_000, describe: 'A process that runs' })
    process_.signal('SIGSTOP')
    await guard.close()
    expect(readFileSync(file, 'utf8')).toBe('in order')
  })

  it('ends all processes and frees their ports within five seconds when the supervisor is killed', async () => {
    const { supervisor, ports } = await startSupervisor('guarded', temporaryFolder())
    await killed(supervisor)
    for (const port of ports) {
      await waitUntil(() => isPortFree(port), { deadlineMs: 5_000, describe: `A free port ${port}` })
    }
  })

  it('makes the difference: without it the same processes outlive the supervisor (control)', async () => {
    const { supervisor, ports, groupLeader } = await startSupervisor('unguarded', temporaryFolder())
    onTestFinished(() => {
      if (groupLeader !== undefined) process.kill(-groupLeader, 'SIGKILL')
    })
    await killed(supervisor)
    const freed = await waitUntil(() => isPortFree(ports[0]), {
      deadlineMs: 3_500,
      describe: 'A free port',
    }).catch(() => false)
    expect(freed).toBe(false)
  })

  it('writes what a process says into its log file', async () => {
    const logFile = join(temporaryFolder(), 'deep', 'part.log')
    const process_ = await guardForTest().start({
      command: '/bin/sh',
      args: ['-c', 'echo out; echo err >&2'],
      cwd: '/',
      env: {},
      logFile,
    })
    expect(await process_.ended).toEqual({ code: 0, signal: null })
    expect(readFileSync(logFile, 'utf8')).toBe('out\nerr\n')
  })

  it('feeds a file to a process', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'input'), 'fed\n')
    const process_ = await guardForTest().start({
      command: '/bin/cat',
      cwd: '/',
      env: {},
      logFile: join(folder, 'log'),
      inputFile: join(folder, 'input'),
    })
    await process_.ended
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('fed\n')
  })

  it('passes on nothing but the given environment', async () => {
    const logFile = join(temporaryFolder(), 'log')
    const process_ = await guardForTest().start({
      command: '/usr/bin/env',
      cwd: '/',
      env: { ONLY: 'this' },
      logFile,
    })
    await process_.ended
    expect(readFileSync(logFile, 'utf8')).toBe('ONLY=this\n')
  })

  it('says so when a program does not exist', async () => {
    const guard = guardForTest()
    const start = guard.start({
      command: '/no/such/program',
      cwd: '/',
      env: {},
      logFile: join(temporaryFolder(), 'log'),
    })
    await expect(start).rejects.toThrow('ENOENT')
  })

  it('tells the end of a process only when all that it has left behind is gone too', async () => {
    const mark = temporaryFolder()
    const process_ = await guardForTest().start({
      command: '/bin/sh',
      args: ['-c', 'i=0; while [ $i -lt 200 ]; do sleep 60 & i=$((i+1)); done'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', TMPDIR: mark },
      logFile: join(temporaryFolder(), 'log'),
    })
    await process_.ended
    expect(markedProcesses('TMPDIR', mark)).toEqual([])
  })

  it('kills a process that does not end when asked', async () => {
    const port = await freePort()
    const process_ = await guardForTest().start({
      command: nodeProgram(),
      args: [join(testing, 'listen-on-port.ts'), String(port)],
      cwd: '/',
      env: {},
      logFile: join(temporaryFolder(), 'log'),
    })
    await waitUntil(async () => !(await isPortFree(port)), { deadlineMs: 10_000, describe: 'The process' })
    expect(await process_.stop(100)).toEqual({ code: null, signal: 'SIGKILL' })
    expect(processStartTime(process_.pid)).toBeUndefined()
  })

  it('ends the processes even when the guard itself is killed', async () => {
    const guard = createGuard()
    const process_ = await guard.start({
      command: '/bin/sleep',
      args: ['60'],
      cwd: '/',
      env: {},
      logFile: join(temporaryFolder(), 'log'),
    })
    process.kill(guard.pid, 'SIGKILL')
    await process_.ended
    await waitUntil(() => processStartTime(process_.pid) === undefined, {
      deadlineMs: 5_000,
      describe: 'The end of the process',
    })
  })
})
