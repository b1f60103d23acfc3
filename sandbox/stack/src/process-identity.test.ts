import { spawn } from 'node:child_process'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { processStartTime, startTimeByPs } from './process-identity.ts'

afterEach(() => vi.unstubAllEnvs())

describe('startTimeByPs', () => {
  it('tells the same of a process whatever the time zone of whoever asks', () => {
    vi.stubEnv('TZ', 'UTC')
    const here = startTimeByPs(process.pid)
    expect(here).toMatch(/\d\d:\d\d:\d\d/)
    vi.stubEnv('TZ', 'Asia/Tokyo')
    expect(startTimeByPs(process.pid)).toBe(here)
  })

  it('knows no process that is not there', () => {
    expect(startTimeByPs(2 ** 22 + 1)).toBeUndefined()
  })
})

describe.each([
  ['processStartTime', processStartTime],
  ['startTimeByPs', startTimeByPs],
])('%s', (_, startTime) => {
  it('takes a process that nobody has collected yet for ended', async () => {
    // The shell becomes a program that never asks for its child.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text))),
    )
    await vi.waitUntil(() => startTime(pid) === undefined, { timeout: 5_000 })
    // It is there all the same, or the end would prove nothing.
    expect(() => process.kill(pid, 0)).not.toThrow()
  })
})
