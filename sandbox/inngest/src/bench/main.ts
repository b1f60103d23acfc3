// The benchmark: `node src/bench/main.ts [--json] [--runs N] [--events N] [--backlog N]`, and with INNGEST_BIN a
// real server beside it. A million of --events takes about a minute, of --backlog some minutes.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backlog, chain, type Figures, growth, latency, throughput } from './measurements.ts'
import { startBenchApp, startBenchServer } from './processes.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '2000' },
    events: { type: 'string', default: '100000' },
    backlog: { type: 'string', default: '10000' },
  },
})

async function measure(program: string | undefined): Promise<Figures> {
  const directories = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'inngest-bench-'))))
  const [one, other] = await Promise.all(directories.map((directory) => startBenchServer(program, directory)))
  if (!one || !other) throw new Error('Both servers are needed')
  try {
    const figures: Figures = { startToReadyMs: one.readyMs }
    const app = await startBenchApp(one.url)
    Object.assign(figures, await latency(one, app, 200))
    Object.assign(figures, await throughput(one, app, Number(values.runs)))
    Object.assign(figures, await chain(one, other, 50))
    Object.assign(figures, await growth(one, Number(values.events)))
    // The real server forgets what is queued when it is killed.
    if (program === undefined) Object.assign(figures, await backlog(one, Number(values.backlog)))
    await app.stop()
    return figures
  } finally {
    await Promise.all([one.stop(), other.stop()])
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })))
  }
}

const program = process.env.INNGEST_BIN
const results: Record<string, Figures> = { 'stand-in': await measure(undefined) }
if (program) results['real server'] = await measure(program)
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`)
else {
  for (const [name, figures] of Object.entries(results)) {
    process.stdout.write(`${name}\n`)
    for (const [figure, value] of Object.entries(figures)) {
      process.stdout.write(`  ${figure.padEnd(24)} ${value}\n`)
    }
  }
}
