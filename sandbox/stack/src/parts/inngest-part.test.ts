import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { inngestKind } from './inngest-part.ts'

afterEach(() => vi.unstubAllEnvs())

/** A program that answers every call with this line of shell. */
function program(line: string): string {
  const file = join(temporaryFolder(), 'inngest')
  writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  return file
}

describe('inngestKind', () => {
  it('is the embedded server when no program is given', () => {
    expect(inngestKind(undefined)).toBe('embedded')
  })

  it('names the version that a given program tells', () => {
    expect(inngestKind(program('echo 1.43.0-253303cdf'))).toBe('inngest-cli 1.43.0-253303cdf')
    expect(inngestKind(program('echo dev-'))).toBe('inngest-cli dev-')
  })

  it('asks it with telemetry off, and shows it nothing of a person’s environment', () => {
    vi.stubEnv('DO_NOT_TRACK', undefined)
    vi.stubEnv('DATABASE_URL', 'mysql://elsewhere')
    expect(inngestKind(program('echo "track:$DO_NOT_TRACK database:$DATABASE_URL"'))).toBe(
      'inngest-cli track:1 database:',
    )
  })

  it.each(['exit 3', 'kill -9 $$'])('refuses a program that does not run: %s', (line) => {
    expect(() => inngestKind(program(line))).toThrow('The Inngest server given by INNGEST_BIN does not run')
  })

  it('says what to do about a program that is not there', () => {
    expect(() => inngestKind(join(temporaryFolder(), 'nothing'))).toThrow(
      expect.objectContaining({ nextStep: expect.stringContaining('Correct INNGEST_BIN') }),
    )
  })
})
