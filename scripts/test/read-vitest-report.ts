import { NOTHING, type Totals } from './totals.ts'

type VitestReport = {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
}

/** Sums Vitest's JSON report. A file that failed to load has no assertions, and counts as one failure. */
export function readVitestReport(report: VitestReport): Totals {
  const totals = structuredClone(NOTHING)
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') totals.passed += 1
      else if (test.status === 'failed') {
        totals.failed += 1
        totals.failures.push(`${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`)
      } else {
        totals.skipped += 1
        totals.skippedNames.push(test.fullName)
      }
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      totals.failed += 1
      totals.failures.push(`${file.name}\n${file.message ?? 'The file could not be loaded.'}`)
    }
  }
  return totals
}
