import { pause, waitFor } from '../testing/wait-for.ts'
import { type BenchApp, type BenchServer, diskMbOf, startBenchApp, usageOf } from './processes.ts'

export type Figures = Record<string, number>

/** From an event's acceptance to the first request to the app, one event at a time. */
export async function latency(server: BenchServer, app: BenchApp, count: number): Promise<Figures> {
  const waits: number[] = []
  for (let key = 0; key < count; key++) {
    await send(server.url, [{ name: 'bench/quick', data: { key } }])
    const acceptedAt = Date.now()
    const calledAt = await waitFor('the call', () => app.firstCallAt.get(key), 30_000)
    waits.push(Math.max(calledAt - acceptedAt, 0))
  }
  return {
    firstRequestP50Ms: at(waits, 0.5),
    firstRequestP99Ms: at(waits, 0.99),
  }
}

/** A → B → A: an event's way over two servers and back, with both apps. */
export async function chain(a: BenchServer, b: BenchServer, count: number): Promise<Figures> {
  const appA = await startBenchApp(a.url, b.url, 'bench-a')
  const appB = await startBenchApp(b.url, a.url, 'bench-b')
  const waits: number[] = []
  for (let key = 0; key < count; key++) {
    const sentAt = Date.now()
    await send(a.url, [{ name: 'bench/pass', data: { key, left: 2 } }])
    waits.push((await waitFor('the end of the chain', () => appA.firstCallAt.get(key), 30_000)) - sentAt)
  }
  await Promise.all([appA.stop(), appB.stop()])
  return { chainP50Ms: at(waits, 0.5), chainP99Ms: at(waits, 0.99) }
}

/** So many runs of two steps, sent as fast as they are taken: how many end in a second, and what they cost. */
export async function throughput(server: BenchServer, app: BenchApp, count: number): Promise<Figures> {
  const before = await Promise.all([usageOf(server.pid), usageOf(app.pid)])
  const done = app.finished()
  const startedAt = Date.now()
  for (let sent = 0; sent < count; sent += 100) {
    const batch = Array.from({ length: Math.min(100, count - sent) }, () => ({ name: 'bench/two-steps' }))
    await send(server.url, batch)
  }
  await waitFor('all runs', () => app.finished() - done >= count, 600_000)
  const seconds = (Date.now() - startedAt) / 1000
  const after = await Promise.all([usageOf(server.pid), usageOf(app.pid)])
  const cost = (index: number) => round(((after[index]?.cpuMs ?? 0) - (before[index]?.cpuMs ?? 0)) / count)
  return {
    twoStepRunsPerSecond: round(count / seconds),
    runsLost: count - (app.finished() - done),
    serverCpuMsPerRun: cost(0),
    appCpuMsPerRun: cost(1),
    sdkCeilingPerSecond: round(1000 / Math.max(cost(1), 0.01)),
  }
}

/**
 * What the server holds in memory and on disk at each quarter of so many events, and whether the last of them cost more
 * than the first.
 *
 * @param name events of this name are sent; one that starts nothing unless told otherwise
 */
export async function growth(server: BenchServer, count: number, name = 'bench/nobody'): Promise<Figures> {
  const figures: Figures = { memoryBeforeMb: (await usageOf(server.pid))?.memoryMb ?? Number.NaN }
  const start = await usageOf(server.pid)
  const cpuMs: number[] = []
  const costs: number[] = []
  const batch = Array.from({ length: 1000 }, (_, key) => ({ name, data: { key, text: 'x'.repeat(200) } }))
  const quarters = [0.25, 0.5, 0.75, 1]
  for (let sent = batch.length; sent <= count; sent += batch.length) {
    const startedAt = performance.now()
    await send(server.url, batch)
    costs.push((performance.now() - startedAt) / batch.length)
    cpuMs.push((await usageOf(server.pid))?.cpuMs ?? Number.NaN)
    while (sent >= (quarters[0] ?? Number.POSITIVE_INFINITY) * count) {
      const percent = (quarters.shift() ?? 0) * 100
      figures[`memoryAt${percent}PercentMb`] = (await usageOf(server.pid))?.memoryMb ?? Number.NaN
      figures[`diskAt${percent}PercentMb`] = await diskMbOf(server.directory)
    }
  }
  await pause(1000)
  const tenth = Math.max(Math.floor(costs.length / 10), 1)
  return {
    ...figures,
    memoryAfterMb: (await usageOf(server.pid))?.memoryMb ?? Number.NaN,
    diskAfterMb: await diskMbOf(server.directory),
    msPerEventFirstTenth: round(mean(costs.slice(0, tenth))),
    msPerEventLastTenth: round(mean(costs.slice(-tenth))),
    // Of the process alone, whatever else the machine does.
    cpuMsPerEventFirstTenth: round(
      ((cpuMs[tenth - 1] ?? Number.NaN) - (start?.cpuMs ?? 0)) / tenth / batch.length,
    ),
    cpuMsPerEventLastTenth: round(
      ((cpuMs.at(-1) ?? Number.NaN) - (cpuMs.at(-tenth - 1) ?? Number.NaN)) / tenth / batch.length,
    ),
  }
}

/**
 * The same for events that all start a run of a function of which one may run at a time: a backlog that only grows.
 * Then a kill and a restart with it.
 */
export async function backlog(server: BenchServer, count: number): Promise<Figures> {
  const figures = await growth(server, count, 'bench/one-at-a-time')
  const { readyMs } = await server.restart()
  // Long enough to have gone through what it loads at the start.
  await pause(2000)
  const memoryMb = (await usageOf(server.pid))?.memoryMb ?? Number.NaN
  const renamed = Object.entries(figures).map(([name, value]) => [
    `backlog${name[0]?.toUpperCase()}${name.slice(1)}`,
    value,
  ])
  return {
    ...Object.fromEntries(renamed),
    backlogRestartToReadyMs: readyMs,
    backlogMemoryAfterRestartMb: memoryMb,
  }
}

async function send(url: string, events: object[]): Promise<void> {
  const response = await fetch(`${url}/e/key`, { method: 'POST', body: JSON.stringify(events) })
  const text = await response.text()
  if (!response.ok) throw new Error(`The server refused events: ${text.slice(0, 200)}`)
}

function at(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
