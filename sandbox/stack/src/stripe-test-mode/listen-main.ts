/**
 * Runs `stripe listen` and passes on what it says without the signing secret, which it prints at its start: this output
 * goes into a log file. The key comes by STRIPE_API_KEY.
 *
 *   node listen-main.ts <program> <app's webhook address> <event,event …>
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { concealSecrets } from './conceal-secrets.ts'

const [program, webhookUrl, events] = process.argv.slice(2)
if (program === undefined || webhookUrl === undefined || events === undefined) {
  throw new Error('Usage: listen-main.ts <program> <webhook address> <events>')
}

// The newest form of events is nearest to the version the apps' SDK reads; an account's own may be years old.
const child = spawn(
  program,
  ['listen', '--events', events, '--forward-to', webhookUrl, '--latest', '--skip-update', '--color', 'off'],
  { stdio: ['ignore', 'pipe', 'pipe'] },
)
for (const output of [child.stdout, child.stderr]) {
  createInterface({ input: output }).on('line', (line) => process.stdout.write(`${concealSecrets(line)}\n`))
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
child.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
// `close`, not `exit`: by then its last lines have been read.
child.once('close', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
})
