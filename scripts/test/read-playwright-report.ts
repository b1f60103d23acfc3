import { NOTHING, type Totals } from './totals.ts'

type PlaywrightSuite = {
  suites?: PlaywrightSuite[]
  specs?: {
    title: string
    file: string
    tests: { status: string; results: { error?: { message?: string } }[] }[]
  }[]
}
type PlaywrightReport = { suites: PlaywrightSuite[]; errors: { message?: string }[] }

/** Sums Playwright's JSON report. Flaky tests passed on a retry; we run without retries, so there are none. */
export function readPlaywrightReport(report: PlaywrightReport): Totals {
  const totals = structuredClone(NOTHING)
  for (const error of report.errors) {
    totals.failed += 1
    totals.failures.push(error.message ?? 'Playwright failed without a message.')
  }
  const visit = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected' || test.status === 'flaky') totals.passed += 1
        else if (test.status === 'skipped') {
          totals.skipped += 1
          totals.skippedNames.push(spec.title)
        } else {
          totals.failed += 1
          const errors = test.results.map(({ error }) => error?.message ?? '').join('\n')
          totals.failures.push(`${spec.file} ${spec.title}\n${errors}`)
        }
      }
    }
    for (const inner of suite.suites ?? []) visit(inner)
  }
  for (const suite of report.suites) visit(suite)
  return totals
}
