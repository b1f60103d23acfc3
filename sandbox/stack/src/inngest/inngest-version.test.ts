import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeProgram } from '../testing/fake-program.ts'
import { inngestVersion, isAtLeast } from './inngest-version.ts'

afterEach(() => vi.unstubAllEnvs())

describe('inngestVersion', () => {
  it('is what the program tells', async () => {
    expect(await inngestVersion(fakeProgram('inngest', 'echo 1.43.0-253303cdf'))).toBe('1.43.0-253303cdf')
    expect(await inngestVersion(fakeProgram('inngest', 'echo dev-'))).toBe('dev-')
  })

  it('is asked for with telemetry off, and shows the program nothing of a person’s environment', async () => {
    vi.stubEnv('DO_NOT_TRACK', undefined)
    vi.stubEnv('DATABASE_URL', 'mysql://elsewhere')
    const program = fakeProgram('inngest', 'echo "track:$DO_NOT_TRACK database:$DATABASE_URL"')
    expect(await inngestVersion(program)).toBe('track:1 database:')
  })
})

describe('isAtLeast', () => {
  it.each([
    ['1.43.0', '1.43.0', true],
    ['1.43.1-abc', '1.43.0', true],
    ['2.0.0', '1.43.0', true],
    ['1.100.0', '1.43.0', true],
    ['1.9.0', '1.43.0', false],
    ['0.44.0', '1.43.0', false],
    ['dev-', '1.43.0', false],
  ])('of %s against %s: %s', (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected)
  })
})
