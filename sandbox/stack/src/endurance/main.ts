/**
 * Two stacks side by side, started, stopped, killed and restarted:
 *
 *   node sandbox/stack/src/endurance/main.ts --rounds 20 --apps-every 5
 *
 * The last line is one JSON object with the figures; ends with 1 when anything was left behind or lost.
 */
import { parseArgs } from 'node:util'
import { runEndurance } from './run-endurance.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, 'apps-every': { type: 'string' } },
})
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())

const figures = await runEndurance({
  rounds: Number(values.rounds),
  signal: interrupted.signal,
  ...(values['apps-every'] === undefined ? {} : { appsEvery: Number(values['apps-every']) }),
  onRound(round, seconds, problems) {
    console.error(
      `round ${round}: ${seconds.toFixed(1)} s${problems.length === 0 ? '' : `\n  ${problems.join('\n  ')}`}`,
    )
  },
})
console.log(JSON.stringify(figures))
process.exitCode = figures.problems.length === 0 && figures.rounds === Number(values.rounds) ? 0 : 1
