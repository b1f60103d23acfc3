// Runs the tests of what every Inngest server does on another server: `node src/testing/conformance.ts --against URL`.
// Start that server in dev mode, with --retry-interval 1 and --no-poll; or in start mode, and give its keys, for what is
// about keys: `--against URL --event-key KEY --signing-key HEX`. Words after that choose among the files.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const filesOfStartMode = ['start-mode']
const filesOfDevMode = [
  'registration',
  'events-api',
  'runs',
  'retries',
  'waiting',
  'invoking',
  'cancelling',
  'flow-control',
  'read-api',
]

/** What is needed of Vitest's report. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string }[] }[]
}

const { values, positionals } = parseArgs({
  options: {
    against: { type: 'string' },
    'event-key': { type: 'string' },
    'signing-key': { type: 'string' },
  },
  allowPositionals: true,
})
const { against, 'event-key': eventKey, 'signing-key': signingKey } = values
const files = eventKey && signingKey ? filesOfStartMode : filesOfDevMode
if (eventKey && signingKey) {
  process.env.INNGEST_AGAINST_EVENT_KEY = eventKey
  process.env.INNGEST_AGAINST_SIGNING_KEY = signingKey
}
if (against === undefined || !URL.canParse(against)) {
  process.stderr.write('Give the URL of a running server: --against http://127.0.0.1:8288\n')
  process.exit(1)
}
const unknown = positionals.find((file) => !files.includes(file))
if (unknown !== undefined) {
  process.stderr.write(`There is no "${unknown}": choose among ${files.join(', ')}\n`)
  process.exit(1)
}

const folder = fileURLToPath(new URL('../..', import.meta.url))
const directory = await mkdtemp(join(tmpdir(), 'inngest-conformance-'))
const reportPath = join(directory, 'report.json')
const chosen = (positionals.length > 0 ? positionals : files).map((file) => `src/${file}.test.ts`)
const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')))
// One file at a time: the server is shared, and what one test leaves behind may be an event of the next.
const words = [vitest, 'run', '--testTimeout', '400000', '--hookTimeout', '60000', '--no-file-parallelism']
const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', reportPath]
const child = spawn(process.execPath, [...words, ...reporters, ...chosen], {
  cwd: folder,
  stdio: 'inherit',
  env: { ...process.env, INNGEST_AGAINST: new URL(against).origin },
})
const [code] = await once(child, 'exit')
// Not before: the list depends on the mode.
const { differenceOf, differences } = await import('./differences.ts')
const text = await readFile(reportPath, 'utf8').catch(() => undefined)
await rm(directory, { recursive: true, force: true })
if (text === undefined) process.exit(code ?? 1)
const report: Report = JSON.parse(text)

const skipped = report.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status !== 'passed' && status !== 'failed')
  .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > '))
process.stdout.write(`\n${report.numPassedTests} passed, ${report.numFailedTests} failed\n`)
process.stdout.write(`${skipped.length} differ on the real server:\n`)
for (const name of skipped) process.stdout.write(`  ${name}: ${differenceOf(name)?.reason ?? 'no reason'}\n`)

const unexplained = skipped.filter((name) => !differenceOf(name))
const stale =
  positionals.length > 0
    ? []
    : differences.filter((entry) => !skipped.some((name) => differenceOf(name) === entry))
for (const name of unexplained) process.stdout.write(`Skipped without a reason: ${name}\n`)
for (const { test } of stale) process.stdout.write(`In the list of differences, but no test: ${test}\n`)
process.exit(unexplained.length + stale.length > 0 ? 1 : (code ?? 1))
