import { spawn } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { markedProcesses } from '../testing/marked-processes.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { runEndurance } from './run-endurance.ts'

const isFull = process.env.TEST_FULL === '1'

describe('two stacks side by side', () => {
  it('leave no process, port or lock and lose nothing, however often they are stopped, killed and started again', {
    timeout: isFull ? 45 * 60_000 : 120_000,
  }, async () => {
    const figures = await runEndurance(
      isFull ? { rounds: 20, appsEvery: 5 } : { rounds: 2, only: ['mysql-tt', 'inngest-ah', 'stripe'] },
    )
    expect(figures.problems).toEqual([])
    expect(figures.rounds).toBe(isFull ? 20 : 2)
    expect(Object.values(figures.killed)).not.toContain(0)
  })
})

describe('markedProcesses', () => {
  it('finds a process whose parents are gone, by what it has inherited (control)', async () => {
    const mark = temporaryFolder()
    // A shell that leaves a grandchild behind and ends.
    const shell = spawn('/bin/sh', ['-c', 'sleep 60 & echo'], {
      env: { TMPDIR: mark },
      detached: true,
      stdio: 'ignore',
    })
    await new Promise((resolve) => shell.once('exit', resolve))
    const stray = await waitUntil(() => markedProcesses('TMPDIR', mark)[0], {
      deadlineMs: 5_000,
      describe: 'The stray process',
    })
    onTestFinished(() => void process.kill(stray.pid, 'SIGKILL'))
    expect(stray.command).toContain('sleep')
    expect(markedProcesses('TMPDIR', `${mark}-other`)).toEqual([])
  })
})
