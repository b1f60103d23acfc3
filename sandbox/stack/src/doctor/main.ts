/**
 * `npm run doctor`: whether the demo can run on this machine, and what to do if it can't. It starts nothing, changes
 * nothing and prints no secret.
 *
 *   npm run doctor -- --name two --port-base 19000      the ports and health of another stack
 *   npm run doctor -- --patience 20                     on a machine that is very busy
 *   npm run doctor -- --json                            one JSON object
 *
 * Ends with 0 when the demo can run, else with 1.
 */
import { parseArgs } from 'node:util'
import { describeError, StackError } from '../errors.ts'
import { readOverrides } from '../overrides.ts'
import { defaultPortBase, portsOf, type StackPorts } from '../ports/ports-of.ts'
import { readStackInfo } from '../stack-info.ts'
import { assertStackName } from '../stack-name.ts'
import { checkBrowser } from './check-browser.ts'
import { checkHealth } from './check-health.ts'
import { checkMachine } from './check-machine.ts'
import { checkOverrides } from './check-overrides.ts'
import { checkPicks } from './check-picks.ts'
import { checkPorts } from './check-ports.ts'
import { checkPrograms } from './check-programs.ts'
import { checkSpace } from './check-space.ts'
import { checkStacks } from './check-stacks.ts'
import { knownStacks } from './known-stacks.ts'
import { printReport, summarise } from './print-report.ts'
import { listProcesses } from './process-table.ts'
import { runChecks } from './run-checks.ts'

/** What each check may take unless told: the whole examination is over in three seconds. */
const PATIENCE_SECONDS = 2.4
const USAGE = 'npm run doctor -- [--name STACK] [--port-base N] [--patience SECONDS] [--json]'

/** Where a running stack is, wherever its name alone would put it. */
function usualPortBase(name: string): number | undefined {
  const info = readStackInfo(name)
  const isElsewhere =
    info !== undefined && Number(new URL(info.tt.url).port) !== portsOf(defaultPortBase(name)).tt
  return isElsewhere ? Number(new URL(info.tt.url).port) : defaultPortBase(name)
}

function readArguments(argv: readonly string[]): {
  name: string
  ports: StackPorts
  limitMs: number
  json: boolean
} {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        name: { type: 'string' },
        'port-base': { type: 'string' },
        patience: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const name = values.name ?? 'dev'
    assertStackName(name)
    const portBase = values['port-base'] === undefined ? usualPortBase(name) : Number(values['port-base'])
    const limitMs = Number(values.patience ?? PATIENCE_SECONDS) * 1_000
    if (!(limitMs > 0)) throw new Error(`--patience needs a number of seconds, not "${values.patience}".`)
    return { name, ports: portsOf(portBase), limitMs, json: values.json ?? false }
  } catch (error) {
    if (error instanceof StackError) throw error
    const [message = ''] = (error as Error).message.split('. ')
    throw new StackError('bad-arguments', message, { nextStep: USAGE })
  }
}

async function main(): Promise<void> {
  const begin = performance.now()
  const { name, ports, limitMs, json } = readArguments(process.argv.slice(2))
  const table = listProcesses()
  const stacks = knownStacks(table)
  const realInngest = readOverrides().inngestProgram !== undefined
  const needed = realInngest ? [...ports.inngestInternal.tt, ...ports.inngestInternal.ah] : []
  const sections = await runChecks(
    [
      { title: 'Machine', run: checkMachine },
      { title: 'What each part would be', run: checkPicks },
      { title: 'Browser', run: () => checkBrowser() },
      { title: 'Other programs', run: checkPrograms },
      { title: 'Variables of your own', run: () => checkOverrides() },
      {
        title: `Ports of the stack "${name}"`,
        run: () => checkPorts({ name, ports, needed, stacks, table }),
      },
      { title: 'Stacks of this checkout', run: async () => checkStacks(stacks) },
      { title: `Health of "${name}"`, run: (signal) => checkHealth(name, signal) },
      { title: 'Room', run: () => checkSpace() },
    ],
    limitMs,
  )
  const seconds = (performance.now() - begin) / 1_000
  const summary = summarise(sections)
  if (json) console.log(JSON.stringify({ ...summary, stack: name, seconds, sections }))
  else printReport(sections, seconds)
  // A program that hangs must not keep a finished report waiting.
  process.exit(summary.ok ? 0 : 1)
}

main().catch((error: unknown) => {
  console.error(describeError(error))
  process.exit(1)
})
