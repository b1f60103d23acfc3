import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { isProgram } from '../picking/find-program.ts'
import { homebrewServerFolders } from './homebrew-folders.ts'
import type { MysqlServerProgram } from './server-program.ts'
import { systemScripts } from './system-scripts.ts'

/** Where servers live that are often not on an ordinary user's PATH: Debian's sbin, and the folder of MySQL's own installer. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/mysql/bin']

/** The folder with a MariaDB server's SQL scripts and messages, looked for around the program. */
export function findShareFolder(executable: string): string | undefined {
  const base = dirname(dirname(realpathSync(executable)))
  return [join(base, 'share', 'mysql'), join(base, 'share', 'mariadb'), join(base, 'share')].find(
    (folder) => systemScripts(folder) !== undefined,
  )
}

/** Asks a server program who it is. Undefined when it can't run here or isn't a MySQL or MariaDB server. */
export function inspectServer(
  executable: string,
  { origin, libraryPath }: { origin: string; libraryPath?: string },
): MysqlServerProgram | undefined {
  let banner: string
  try {
    banner = execFileSync(executable, ['--no-defaults', '--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
      env: {
        // Next's types, where a program loads them too, ask for it in every environment.
        NODE_ENV: 'development',
        PATH: process.env.PATH,
        ...(libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath }),
      },
    })
  } catch {
    return undefined
  }
  const version = /Ver (\d+\.\d+\.\d+)/.exec(banner)?.[1]
  if (version === undefined) return undefined
  const flavour = /mariadb/i.test(banner) ? 'mariadb' : 'mysql'
  const shareFolder = flavour === 'mariadb' ? findShareFolder(executable) : undefined
  // Without its scripts a MariaDB server can't make a data folder of its own.
  if (flavour === 'mariadb' && shareFolder === undefined) return undefined
  return { flavour, executable, version, shareFolder, libraryPath, origin }
}

/**
 * Servers installed on this machine, in the order of PATH, then of the usual folders.
 *
 * @param path a list like PATH; the machine's own unless told
 */
export function findInstalledServers(
  path = process.env.PATH ?? '',
  usualFolders: readonly string[] = [...USUAL_FOLDERS, ...homebrewServerFolders()],
): MysqlServerProgram[] {
  const seen = new Set<string>()
  const found: MysqlServerProgram[] = []
  for (const folder of [...path.split(delimiter), ...usualFolders]) {
    for (const name of ['mysqld', 'mariadbd']) {
      const file = join(folder, name)
      if (folder === '' || !isProgram(file)) continue
      const real = realpathSync(file)
      if (seen.has(real)) continue
      seen.add(real)
      const program = inspectServer(real, { origin: 'installed' })
      if (program) found.push(program)
    }
  }
  return found
}
