import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { childEnvironment } from '../child-environment.ts'

const run = promisify(execFile)

/** The version that `--real` fetches: the one that the stand-in and both apps were held against. */
export const PINNED_INNGEST = '1.43.0'

/** What a program says of itself when it is asked for its version: `1.43.0-253303cdf`, or a word for a build of one's own. */
export async function inngestVersion(program: string): Promise<string> {
  const { stdout } = await run(program, ['version'], {
    encoding: 'utf8',
    // Without DO_NOT_TRACK the program reports each call to its maker, and doesn't end before it has: offline that
    // takes seconds, for two words.
    // Next's types, where a program loads them too, ask for NODE_ENV in every environment.
    env: { NODE_ENV: 'development', ...childEnvironment() },
    timeout: 10_000,
  })
  return /(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] ?? stdout.trim()
}

/** Whether a version is at least another one, by its three numbers; one without numbers is not. */
export function isAtLeast(version: string, oldest: string): boolean {
  const numbers = (text: string) => /^(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number)
  const [have, need] = [numbers(version), numbers(oldest)]
  if (have === undefined || need === undefined) return false
  const different = need.findIndex((number, index) => have[index] !== number)
  return different < 0 || (have[different] ?? 0) > (need[different] ?? 0)
}
