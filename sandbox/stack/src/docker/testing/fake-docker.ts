import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { waitUntil } from '../../wait-until.ts'

/** A double of `docker` that stands first on PATH for the running test; see fake-docker.sh. */
export interface FakeDocker {
  folder: string
  /** What it was called with so far, one string a call, without the files and names of the project. */
  calls(): string[]
  /** The same, as they were. */
  wholeCalls(): string[]
  /** Waits until its `compose up` stays like a container that runs. */
  running(): Promise<true>
  /** The variables that its `compose up` was given. */
  environment(): Record<string, string>
  /**
   * Has it do something else.
   *
   * @param verb `version`, `pull`, `compose-up` …
   * @param script what a shell does then; `$folder` is its folder, what it prints and how it exits are its answer
   */
  answer(verb: string, script: string): void
}

/** Puts the double on PATH until the running test has finished. */
export function fakeDocker(): FakeDocker {
  const folder = temporaryFolder()
  const program = join(folder, 'docker')
  copyFileSync(fileURLToPath(new URL('fake-docker.sh', import.meta.url)), program)
  chmodSync(program, 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH ?? ''}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const lines = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trimEnd().split('\n') : []
  return {
    folder,
    wholeCalls: () => lines('calls'),
    calls: () =>
      lines('calls').map((call) =>
        call.replaceAll(/ (--progress plain|--ansi never|--env-file \S+|-f \S+|-p \S+)/g, ''),
      ),
    running: () =>
      waitUntil(() => existsSync(join(folder, 'running')), { deadlineMs: 10_000, describe: '`compose up`' }),
    environment: () =>
      Object.fromEntries(
        lines('environment').map((line) => {
          const [name = '', ...rest] = line.split('=')
          return [name, rest.join('=')]
        }),
      ),
    answer: (verb, script) => writeFileSync(join(folder, `${verb}.sh`), script),
  }
}

/** A machine without `docker`: PATH holds one empty folder until the running test has finished. */
export function noDocker(): void {
  vi.stubEnv('PATH', temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
}
