/**
 * `npm test`, `npm run test:full`, `check`, `test:unit`, `test:watch`, `e2e`, `e2e:ui`: one way to run everything, for
 * a person and for CI. The last line is the sum of what the runners themselves reported.
 *
 *   npm test -- --suite unit --suite browser     only these suites
 *   npm run e2e -- --screens                     and photograph every page into docs/screens
 */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { runSuite } from './test/run-suite.ts'
import { SUITES, type Suite } from './test/suites.ts'
import { add, NOTHING } from './test/totals.ts'

const SUITES_OF: Record<string, string[]> = {
  test: SUITES.map(({ name }) => name),
  'test:full': SUITES.map(({ name }) => name),
  check: ['lint', 'types'],
  'test:unit': ['unit'],
  e2e: ['cases', 'browser'],
}
const MAX_FAILURES_SHOWN = 15
const MAX_LINES_SHOWN = 50

const [command = 'test', ...rest] = process.argv.slice(2)
if (command === 'test:watch')
  handOver('node_modules/.bin/vitest', ['watch', '--project', 'shared', '--project', '*-unit', ...rest])
if (command === 'e2e:ui') {
  handOver('e2e/node_modules/.bin/playwright', [
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--ui',
    ...rest,
  ])
}
if (command === 'test:full') process.env.TEST_FULL = '1'

const { suites, extraArguments } = chooseSuites(command, rest)
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())

let totals = NOTHING
const startedAt = performance.now()
for (const suite of suites) {
  if (interrupted.signal.aborted) break
  process.stdout.write(`  ${styleText('cyan', '▸')} ${suite.title}\n`)
  const result = await runSuite(suite, extraArguments, interrupted.signal)
  totals = add(totals, result.totals)
  const { passed, failed, skipped, failures } = result.totals
  const mark = failed > 0 ? styleText('red', '✗') : styleText('green', '✓')
  const late =
    result.seconds > suite.budgetSeconds ? styleText('yellow', ` over its ${suite.budgetSeconds} s`) : ''
  process.stdout.write(
    `  ${mark} ${suite.name}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''} in ${result.seconds} s${late}\n`,
  )
  for (const failure of failures.slice(0, MAX_FAILURES_SHOWN)) {
    process.stdout.write(`\n${styleText('red', indent(failure))}\n`)
  }
  if (failures.length > MAX_FAILURES_SHOWN) {
    process.stdout.write(`    … and ${failures.length - MAX_FAILURES_SHOWN} more\n`)
  }
  if (failed > 0) await showLog(result.logFile, suite)
}

if (interrupted.signal.aborted) {
  totals = add(totals, { ...NOTHING, failed: 1 })
  process.stdout.write('\n  Stopped before the end.\n')
}
for (const name of totals.skippedNames) process.stdout.write(`  skipped: ${name}\n`)
process.stdout.write(`\n  ${Math.round((performance.now() - startedAt) / 1000)} s in all\n`)
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exitCode = totals.failed > 0 ? 1 : 0

function chooseSuites(chosen: string, args: string[]): { suites: Suite[]; extraArguments: string[] } {
  const { values, positionals } = readArguments(chosen, args)
  if (values.screens) process.env.E2E_SCREENS = join(process.cwd(), 'docs', 'screens')
  const names = values.suite ?? SUITES_OF[chosen] ?? []
  const unknown = names.find((name) => !SUITES.some((suite) => suite.name === name))
  if (unknown !== undefined || names.length === 0) {
    process.stderr.write(
      `There is no suite "${unknown ?? chosen}". Choose from: ${SUITES.map(({ name }) => name).join(', ')}.\n`,
    )
    process.exit(1)
  }
  return { suites: SUITES.filter(({ name }) => names.includes(name)), extraArguments: positionals }
}

function readArguments(chosen: string, args: string[]) {
  try {
    return parseArgs({
      args,
      options: { suite: { type: 'string', multiple: true }, screens: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    const [message] = (error as Error).message.split('. ')
    process.stderr.write(
      `${message}\nNext step: npm run ${chosen} -- [--suite NAME]… [--screens] [test files]\n`,
    )
    process.exit(1)
  }
}

function handOver(program: string, args: string[]): never {
  process.exit(spawnSync(program, args, { stdio: 'inherit' }).status ?? 1)
}

function indent(text: string): string {
  return text
    .split('\n')
    .slice(0, MAX_LINES_SHOWN)
    .map((line) => `    ${line}`)
    .join('\n')
}

async function showLog(logFile: string, suite: Suite): Promise<void> {
  if (suite.report === 'exit-code') {
    const log = await readFile(logFile, 'utf8').catch(() => '')
    process.stdout.write(`${indent(log.trimEnd())}\n`)
  }
  process.stdout.write(`    full log: ${logFile}\n\n`)
}
