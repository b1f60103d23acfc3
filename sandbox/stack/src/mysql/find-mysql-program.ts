import { StackError } from '../errors.ts'
import { findInstalledServers } from './find-installed-server.ts'
import { installDebianServer } from './install-debian-server.ts'
import type { MysqlServerProgram } from './server-program.ts'

/**
 * Finds a server program to run private databases with: an installed one, else the Debian package.
 *
 * @param onProgress is told each longer step, for people
 * @throws StackError `no-mysql` with what to do, when there is none to be had
 */
export async function findMysqlProgram(
  onProgress: (text: string) => void,
  options: { installed?: () => MysqlServerProgram[]; download?: typeof installDebianServer } = {},
): Promise<MysqlServerProgram> {
  const { installed = findInstalledServers, download = installDebianServer } = options
  const found = installed()[0]
  if (found) return found
  const nextStep =
    process.platform === 'darwin'
      ? 'Install one with `brew install mariadb` (it need not be started), or give TT_DATABASE_URL and AH_DATABASE_URL.'
      : 'Install mariadb-server or mysql-server with your package manager (it need not be started), or give TT_DATABASE_URL and AH_DATABASE_URL.'
  try {
    const downloaded = await download(onProgress)
    if (downloaded) return downloaded
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StackError(
      'no-mysql',
      `There is no MySQL or MariaDB server here, and none could be fetched: ${reason}`,
      {
        nextStep,
        cause: error,
      },
    )
  }
  throw new StackError('no-mysql', 'There is no MySQL or MariaDB server on this machine.', { nextStep })
}
