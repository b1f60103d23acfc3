import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { readPlaywrightReport } from './read-playwright-report.ts'
import { readVitestReport } from './read-vitest-report.ts'
import type { Suite } from './suites.ts'
import { NOTHING, type Totals, withExitCode } from './totals.ts'

export type SuiteResult = { totals: Totals; seconds: number; logFile: string }

const LOG_FOLDER = '.local/logs'
const HEARTBEAT_MS = 20_000
/** Fits a failed set-up with its cause and the last lines of the part that failed. */
const OUTPUT_LINES_KEPT = 40

/** Runs one suite with its output in a log file, and reads what the runner itself reported. */
export async function runSuite(
  suite: Suite,
  extraArguments: string[],
  signal: AbortSignal,
): Promise<SuiteResult> {
  await mkdir(LOG_FOLDER, { recursive: true })
  const logFile = `${LOG_FOLDER}/test-${suite.name}.log`
  const reportFile = `${LOG_FOLDER}/test-${suite.name}.json`
  await rm(reportFile, { force: true })
  const started = performance.now()
  const beat = setInterval(() => {
    process.stdout.write(`    … ${suite.name} still running, ${elapsed(started)} s (${logFile})\n`)
  }, HEARTBEAT_MS)
  const exitCode = await run(suite, reportFile, extraArguments, logFile, signal)
  clearInterval(beat)
  const reported = await readReport(suite, reportFile, exitCode)
  const totals = withExitCode(reported, exitCode, suite.name, await lastOutput(suite, logFile))
  return { totals, seconds: elapsed(started), logFile }
}

function run(
  suite: Suite,
  reportFile: string,
  extraArguments: string[],
  logFile: string,
  signal: AbortSignal,
): Promise<number> {
  const [program, ...args] = [...suite.command, ...reporterArguments(suite, reportFile), ...extraArguments]
  if (program === undefined) throw new Error(`The suite ${suite.name} has no command.`)
  return new Promise((resolve, reject) => {
    const log = createWriteStream(logFile)
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: `${process.cwd()}/${reportFile}`,
        PLAYWRIGHT_JSON_OUTPUT_NAME: `${process.cwd()}/${reportFile}`,
        TURBO_TELEMETRY_DISABLED: '1',
        NEXT_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
      },
    })
    const stop = (): void => void child.kill('SIGINT')
    signal.addEventListener('abort', stop, { once: true })
    child.stdout.pipe(log, { end: false })
    child.stderr.pipe(log, { end: false })
    child.once('error', reject)
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop)
      log.end()
      resolve(code ?? 1)
    })
  })
}

function reporterArguments(suite: Suite, reportFile: string): string[] {
  if (suite.report === 'vitest') {
    return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  }
  return suite.report === 'playwright' ? ['--reporter=list,json'] : []
}

async function readReport(suite: Suite, reportFile: string, exitCode: number): Promise<Totals> {
  if (suite.report === 'exit-code') return exitCode === 0 ? { ...NOTHING, passed: 1 } : NOTHING
  const text = await readFile(reportFile, 'utf8').catch(() => null)
  if (text === null) return NOTHING
  return suite.report === 'vitest'
    ? readVitestReport(JSON.parse(text))
    : readPlaywrightReport(JSON.parse(text))
}

/** The end of what a test runner printed, without colours; a check's whole log is shown anyway. */
async function lastOutput(suite: Suite, logFile: string): Promise<string> {
  if (suite.report === 'exit-code') return ''
  const lines = stripVTControlCharacters(await readFile(logFile, 'utf8')).split('\n')
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-OUTPUT_LINES_KEPT)
    .join('\n')
}

function elapsed(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}
