/** What a runner reported of its own tests, never what we think it ran. */
export type Totals = {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
  failures: string[]
}

export const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0, skippedNames: [], failures: [] }

export function add(left: Totals, right: Totals): Totals {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    skippedNames: [...left.skippedNames, ...right.skippedNames],
    failures: [...left.failures, ...right.failures],
  }
}

/**
 * A runner that exits non-zero although its report names no failure (it crashed, or found no test) is a failure too:
 * a green report must never hide a red exit. What it printed last goes with it: CI keeps no log file.
 */
export function withExitCode(totals: Totals, exitCode: number, suite: string, lastOutput: string): Totals {
  if (exitCode === 0 && totals.passed + totals.failed + totals.skipped > 0) return totals
  if (exitCode !== 0 && totals.failed > 0) return totals
  const why = exitCode === 0 ? 'reported no test at all' : `ended with exit code ${exitCode}`
  return add(totals, {
    ...NOTHING,
    failed: 1,
    failures: [`${suite}: the runner ${why}\n${lastOutput}`.trimEnd()],
  })
}
