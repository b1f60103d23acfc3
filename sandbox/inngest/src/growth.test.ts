import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { backlog, type Figures, growth } from './bench/measurements.ts'
import { startBenchApp, startBenchServer } from './bench/processes.ts'

/** `TEST_FULL=1` goes far beyond what is kept of history. */
const full = process.env.TEST_FULL === '1'
const events = full ? 1_000_000 : 10_000
const waiting = full ? 200_000 : 4000

/** Of one process, in megabytes. */
const mostMemory = 150

const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'inngest-growth-'))
  cleanUps.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))
  const server = await startBenchServer(undefined, directory)
  cleanUps.push(() => server.stop())
  return server
}

function figuresNamed(figures: Figures, part: string): number[] {
  return Object.entries(figures).flatMap(([name, value]) => (name.includes(part) ? [value] : []))
}

describe('a server', () => {
  it('that got very many events holds as much in memory and on disk as with few, and is as quick', {
    timeout: full ? 1_800_000 : 120_000,
  }, async () => {
    const figures = await growth(await start(), events)
    // Where the kernel does not tell, there is nothing to compare.
    const memory = figuresNamed(figures, 'emory').filter((megabytes) => !Number.isNaN(megabytes))
    expect(Math.max(0, ...memory)).toBeLessThan(mostMemory)
    // Fifty thousand of these events, a log of the latest changes, and room that is used again.
    expect(Math.max(...figuresNamed(figures, 'disk'))).toBeLessThan(100)
    const { cpuMsPerEventFirstTenth: first = 0, cpuMsPerEventLastTenth: last = 0 } = figures
    if (!Number.isNaN(first + last)) expect(last).toBeLessThan(first * 3 + 0.1)
  })

  it('with a long backlog holds a part of it in memory, also after a restart, and is as quick', {
    timeout: full ? 1_800_000 : 120_000,
  }, async () => {
    const server = await start()
    const app = await startBenchApp(server.url)
    cleanUps.push(app.stop)
    const figures = await backlog(server, waiting)
    const memory = figuresNamed(figures, 'emory').filter((megabytes) => !Number.isNaN(megabytes))
    expect(Math.max(0, ...memory)).toBeLessThan(mostMemory)
    const { backlogCpuMsPerEventFirstTenth: first = 0, backlogCpuMsPerEventLastTenth: last = 0 } = figures
    if (!Number.isNaN(first + last)) expect(last).toBeLessThan(first * 3 + 0.5)
  })
})
