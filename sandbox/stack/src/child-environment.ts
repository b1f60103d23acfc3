import { delimiter, dirname } from 'node:path'
import { nodeProgram } from './paths.ts'

const PASSED_ON = ['HOME', 'TMPDIR', 'LANG', 'TZ', 'CI', 'FORCE_COLOR', 'NO_COLOR']

/**
 * The environment of a part: what every program needs, this repository's Node first on PATH, and what is given. The
 * rest of the person's environment stays outside, so that a forgotten `DATABASE_URL` can't reach an app.
 */
export function childEnvironment(given: Record<string, string> = {}): Record<string, string> {
  const env: Record<string, string> = {
    PATH: `${dirname(nodeProgram())}${delimiter}${process.env.PATH ?? '/usr/bin:/bin'}`,
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
  }
  for (const name of PASSED_ON) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return { ...env, ...given }
}
