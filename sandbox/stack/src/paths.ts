import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Everything that is made on this machine and can be deleted at any time. */
export const localFolder = join(repositoryRoot, '.local')

/** Downloaded programs, shared by all stacks of this checkout. */
export const toolsFolder = join(localFolder, 'tools')

/** The folder of one stack's data, logs, secrets and `stack.json`. */
export function stackFolder(name: string): string {
  return join(localFolder, name)
}

/** The folder of an app by its short key. */
export function appFolder(app: 'tt' | 'ah'): string {
  return join(repositoryRoot, 'apps', app === 'tt' ? 'tt-sample' : 'ah-sample')
}

/**
 * A Node that runs TypeScript files as they are: this process's own if it is new enough, else the one that the
 * repository installs.
 */
export function nodeProgram(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const stripsTypes = major > 22 || (major === 22 && minor >= 18)
  return stripsTypes ? process.execPath : join(repositoryRoot, 'node_modules', '.bin', 'node')
}
