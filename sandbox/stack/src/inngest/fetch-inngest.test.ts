import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import { fakeProgram } from '../testing/fake-program.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { fetchInngest } from './fetch-inngest.ts'

afterEach(() => vi.unstubAllEnvs())

/** Makes the package's folder as `npm install --prefix FOLDER` does, with a program of this content. */
const installs = (program: string) => `
echo "$@" >> "$(dirname "$0")/calls"
while [ $# -gt 0 ]; do [ "$1" = --prefix ] && folder=$2; shift; done
mkdir -p "$folder/node_modules/inngest-cli/bin"
printf '#!/bin/sh\\n${program}\\n' > "$folder/node_modules/inngest-cli/bin/inngest"
chmod +x "$folder/node_modules/inngest-cli/bin/inngest"`

/** A machine whose npm does this. */
function machine(npm: string) {
  const bin = temporaryFolder()
  fakeProgram('npm', npm, bin)
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH}`)
  const guard = createGuard()
  onTestFinished(() => guard.close())
  const folder = join(temporaryFolder(), 'inngest-cli')
  const said: string[] = []
  const fetchIt = () =>
    fetchInngest({
      guard,
      folder,
      logFile: join(bin, 'npm.log'),
      onProgress: (text) => said.push(text),
    })
  return { fetchIt, folder, said, calls: join(bin, 'calls'), beside: () => readdirSync(dirname(folder)) }
}

describe('fetchInngest', () => {
  it('installs the exact version with its install script, asks it for its version, and does so once', async () => {
    const { fetchIt, folder, said, calls, beside } = machine(installs('echo 1.43.0-abc'))
    const program = join(folder, 'node_modules', 'inngest-cli', 'bin', 'inngest')
    expect(await fetchIt()).toEqual({ program, version: '1.43.0-abc' })
    expect(await fetchIt()).toEqual({ program, version: '1.43.0-abc' })
    expect(said).toEqual([expect.stringContaining('fetching the Inngest server 1.43.0')])
    const [call, second] = readFileSync(calls, 'utf8').trim().split('\n')
    expect(call).toContain('inngest-cli@1.43.0')
    expect(call).toContain('--ignore-scripts=false')
    expect(second).toBeUndefined()
    expect(beside()).toEqual(['inngest-cli'])
  })

  it('says why npm could not, and leaves nothing that looks fetched', async () => {
    const { fetchIt, folder, beside } = machine(
      'echo "npm error code ENOTFOUND" >&2; echo "npm error network" >&2; exit 1',
    )
    await expect(fetchIt()).rejects.toThrow(
      '`npm install inngest-cli@1.43.0` failed (npm error code ENOTFOUND)',
    )
    expect(existsSync(folder)).toBe(false)
    expect(beside()).toEqual([])
  })

  it('notices a package that was installed without its program', async () => {
    await expect(machine('exit 0').fetchIt()).rejects.toThrow('are install scripts switched off')
  })

  it('refuses a program that does not run here', async () => {
    const { fetchIt, folder } = machine(installs('exit 126'))
    await expect(fetchIt()).rejects.toThrow()
    expect(existsSync(folder)).toBe(false)
  })
})
