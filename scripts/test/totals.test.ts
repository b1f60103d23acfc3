import { describe, expect, it } from 'vitest'
import { readPlaywrightReport } from './read-playwright-report.ts'
import { readVitestReport } from './read-vitest-report.ts'
import { add, NOTHING, withExitCode } from './totals.ts'

const file = (status: string, statuses: string[]) => ({
  name: 'some.test.ts',
  status,
  assertionResults: statuses.map((each) => ({ fullName: `is ${each}`, status: each })),
})

describe('readVitestReport', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = { testResults: [file('failed', ['passed', 'passed', 'failed', 'pending', 'todo'])] }
    expect(readVitestReport(report)).toMatchObject({ passed: 2, failed: 1, skipped: 2 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    expect(readVitestReport({ testResults: [file('failed', [])] })).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('readPlaywrightReport', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: [] }],
  })

  it('counts tests at every depth', () => {
    const report = {
      errors: [],
      suites: [{ specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'unexpected')] }] }],
    }
    expect(readPlaywrightReport(report)).toMatchObject({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts an error outside any test as a failure', () => {
    expect(readPlaywrightReport({ errors: [{ message: 'no browser' }], suites: [] })).toMatchObject({
      failed: 1,
    })
  })
})

describe('withExitCode', () => {
  const green = { ...NOTHING, passed: 3 }

  it('believes a green report of a runner that ended well', () => {
    expect(withExitCode(green, 0, 'unit', '')).toEqual(green)
  })

  it('does not believe a green report of a runner that ended badly, and shows what it printed last', () => {
    expect(withExitCode(green, 1, 'unit', 'no database')).toMatchObject({
      passed: 3,
      failed: 1,
      failures: ['unit: the runner ended with exit code 1\nno database'],
    })
  })

  it('calls a runner that ran no test a failure', () => {
    expect(withExitCode(NOTHING, 0, 'unit', '')).toMatchObject({ failed: 1 })
  })

  it('adds no failure to those already reported', () => {
    expect(withExitCode({ ...green, failed: 2 }, 1, 'unit', '')).toMatchObject({ failed: 2 })
  })
})

it('adds up suites', () => {
  expect(add({ ...NOTHING, passed: 1, skipped: 2 }, { ...NOTHING, passed: 3, failed: 1 })).toMatchObject({
    passed: 4,
    failed: 1,
    skipped: 2,
  })
})
