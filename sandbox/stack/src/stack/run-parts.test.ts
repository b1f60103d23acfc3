import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import { lastLines } from '../last-lines.ts'
import type { PartDefinition } from '../parts/part.ts'
import type { PartName } from '../ports/ports-of.ts'
import { processStartTime } from '../process-identity.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { waitUntil } from '../wait-until.ts'
import type { StackProgress } from './progress.ts'
import { createPartRunner } from './run-parts.ts'

/** A runner of parts that are each a line of shell. */
function runnerOf(lines: Partial<Record<PartName, string>>) {
  const folder = temporaryFolder()
  const logFile = (step: string) => join(folder, `${step}.log`)
  const guard = createGuard()
  onTestFinished(() => guard.close())
  const definitions = new Map<PartName, PartDefinition>()
  for (const [name, line] of Object.entries(lines) as [PartName, string][]) {
    definitions.set(name, {
      name,
      async start() {
        const process_ = await guard.start({
          command: '/bin/sh',
          args: ['-c', line],
          cwd: '/',
          env: { PATH: process.env.PATH ?? '' },
          logFile: logFile(name),
        })
        return { kind: 'shell', version: '1', url: '', process: process_ }
      },
    })
  }
  const progress: StackProgress[] = []
  const runner = createPartRunner({
    definitions,
    guard,
    logFile,
    onProgress: (event) => progress.push(event),
  })
  const pid = (name: PartName) => runner.statuses().find((part) => part.name === name)?.pid ?? 0
  const state = (name: PartName) => runner.records.get(name)?.state
  return { runner, progress, pid, state, logFile }
}

/** T: stopped by a signal, S: sleeping. */
const processState = (pid: number) =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim()[0]

describe('createPartRunner', () => {
  it('knows a part before it is started, while it runs, and after a person has stopped it', async () => {
    const { runner, state } = runnerOf({ inbox: 'sleep 60' })
    expect(state('inbox')).toBe('starting')
    expect(runner.statuses()).toEqual([])
    await runner.start('inbox')
    expect(state('inbox')).toBe('running')
    expect(runner.records.get('inbox')?.readyAt).toBeGreaterThan(Date.now() - 10_000)
    await runner.stop('inbox')
    expect(state('inbox')).toBe('stopped')
    expect(runner.firstDeath()).toBeUndefined()
  })

  it('starts a running part only once, however often it is asked to', async () => {
    const { runner, pid } = runnerOf({ inbox: 'sleep 60' })
    await Promise.all([runner.start('inbox'), runner.start('inbox')])
    const first = pid('inbox')
    await runner.start('inbox')
    expect(pid('inbox')).toBe(first)
  })

  it('starts a part again only when the one that was stopped is gone: it has the port until then', async () => {
    // Takes the port as a server does: by a name that only one can have at a time, and lets go of it late.
    const taken = join(temporaryFolder(), 'port')
    const { runner, state } = runnerOf({
      inbox: `trap 'sleep 0.5; rmdir ${taken}; exit 0' TERM; mkdir ${taken} || exit 9; sleep 60 & wait`,
    })
    await runner.start('inbox')
    await waitUntil(() => existsSync(taken), { deadlineMs: 5_000, describe: 'the part to have its port' })
    const stopping = runner.stop('inbox')
    await Promise.all([runner.start('inbox'), stopping])
    await waitUntil(() => existsSync(taken), { deadlineMs: 5_000, describe: 'the new one to have it' })
    expect(state('inbox')).toBe('running')
    expect(runner.firstDeath()).toBeUndefined()
  })

  it('freezes a part with everything it started, and lets it go on', async () => {
    const { runner, pid, state } = runnerOf({ inbox: 'sleep 60 & wait' })
    await runner.start('inbox')
    await runner.pause('inbox')
    expect(state('inbox')).toBe('paused')
    await waitUntil(() => processState(pid('inbox')) === 'T', { deadlineMs: 3_000, describe: 'The pause' })
    await runner.resume('inbox')
    expect(state('inbox')).toBe('running')
    await waitUntil(() => processState(pid('inbox')) === 'S', {
      deadlineMs: 3_000,
      describe: 'The end of it',
    })
  })

  it('ends a frozen part in order, without waiting for the kill', async () => {
    const { runner, logFile } = runnerOf({ inbox: 'trap "echo bye; exit 0" TERM; echo up; sleep 60 & wait' })
    await runner.start('inbox')
    await waitUntil(() => lastLines(logFile('inbox')).includes('up'), {
      deadlineMs: 3_000,
      describe: 'The part',
    })
    await runner.pause('inbox')
    await runner.stop('inbox')
    expect(lastLines(logFile('inbox'))).toEqual(['up', 'bye'])
  })

  it('has nothing to pause in a part that is stopped', async () => {
    const { runner } = runnerOf({ inbox: 'sleep 60' })
    await runner.start('inbox')
    await runner.stop('inbox')
    await expect(runner.pause('inbox')).rejects.toThrow('is stopped: there is nothing to pause')
  })

  it('remembers the first part that ended by itself, with its last words', async () => {
    const { runner, progress, state } = runnerOf({
      'mysql-tt': 'echo no space left on device; exit 7',
      inbox: 'sleep 60',
    })
    await runner.start('inbox')
    await runner.start('mysql-tt')
    await waitUntil(() => runner.firstDeath(), { deadlineMs: 3_000, describe: 'The end of the part' })
    expect(runner.firstDeath()).toMatchObject({
      code: 'part-failed',
      part: 'mysql-tt',
      message: expect.stringContaining('The part mysql-tt has ended by itself (code 7).'),
      lastLines: ['no space left on device'],
      nextStep: expect.stringContaining('Make room'),
    })
    expect(state('mysql-tt')).toBe('ended')
    expect(progress).toContainEqual(expect.objectContaining({ type: 'ended', step: 'mysql-tt' }))
    expect(state('inbox')).toBe('running')
  })

  it('tells a killed part from one that died', async () => {
    const { runner, progress, state } = runnerOf({ inbox: 'sleep 60' })
    await runner.start('inbox')
    await runner.kill('inbox')
    expect(state('inbox')).toBe('stopped')
    expect(runner.firstDeath()).toBeUndefined()
    await runner.start('inbox')
    expect(state('inbox')).toBe('running')
    expect(progress.map(({ type }) => type)).not.toContain('ended')
  })

  it('stops everything, frozen or not', async () => {
    const { runner, pid } = runnerOf({ inbox: 'sleep 60', stripe: 'sleep 60' })
    await Promise.all([runner.start('inbox'), runner.start('stripe')])
    await runner.pause('stripe')
    const pids = [pid('inbox'), pid('stripe')]
    await runner.stopAll(['tt', 'inbox'])
    expect(pids.map(processStartTime)).toEqual([undefined, undefined])
  })

  it('refuses a part that this stack does not have', async () => {
    const { runner } = runnerOf({ inbox: 'sleep 60' })
    await expect(runner.start('tt')).rejects.toThrow('This stack has no part tt')
    await expect(runner.stop('inbox')).rejects.toThrow('is not run by this stack')
  })
})
