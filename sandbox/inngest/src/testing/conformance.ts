// Runs the tests of what every Inngest server does on another server: `node src/testing/conformance.ts --against URL`.
// Start that server in dev mode, with --retry-interval 1 and --no-poll.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const files = [
  'events-api',
  'runs',
  'retries',
  'waiting',
  'invoking',
  'cancelling',
  'flow-control',
  'read-api',
]

const { values, positionals } = parseArgs({
  options: { against: { type: 'string' } },
  allowPositionals: true,
})
const { against } = values
if (against === undefined || !URL.canParse(against)) {
  process.stderr.write('Give the URL of a running server: --against http://127.0.0.1:8288\n')
  process.exit(1)
}
const folder = fileURLToPath(new URL('../..', import.meta.url))
const chosen = (positionals.length > 0 ? positionals : files).map((file) => `src/${file}.test.ts`)
const vitest = fileURLToPath(import.meta.resolve('vitest/vitest.mjs'))
// One file at a time: the server is shared, and what one test leaves behind may be an event of the next.
const words = [vitest, 'run', '--testTimeout', '120000', '--no-file-parallelism', ...chosen]
const child = spawn(process.execPath, words, {
  cwd: folder,
  stdio: 'inherit',
  env: { ...process.env, INNGEST_AGAINST: new URL(against).origin },
})
child.on('exit', (code) => process.exit(code ?? 1))
