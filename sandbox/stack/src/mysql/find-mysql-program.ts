import { StackError } from '../errors.ts'
import { findInstalledServers } from './find-installed-server.ts'
import { installDebianServer } from './install-debian-server.ts'
import { reasonAgainst } from './reason-against.ts'
import type { MysqlServerProgram } from './server-program.ts'

/** What to do on a machine that has no server. */
export function installNextStep(): string {
  return process.platform === 'darwin'
    ? 'Install one with `brew install mariadb` (it need not be started), start Docker, or give TT_DATABASE_URL and AH_DATABASE_URL.'
    : 'Install mariadb-server or mysql-server with your package manager (it need not be started), start Docker, or give TT_DATABASE_URL and AH_DATABASE_URL.'
}

/**
 * Fetches the Debian package, unless it is here already.
 *
 * @param onProgress is told each longer step, for people
 * @throws StackError `no-mysql` with what to do, when it can't be had
 */
export async function unpackDebianServer(
  onProgress: (text: string) => void,
  download: typeof installDebianServer = installDebianServer,
): Promise<MysqlServerProgram> {
  const nextStep = installNextStep()
  try {
    const downloaded = await download(onProgress)
    if (downloaded) return downloaded
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StackError(
      'no-mysql',
      `There is no MySQL or MariaDB server here, and none could be fetched: ${reason}`,
      { nextStep, cause: error },
    )
  }
  throw new StackError('no-mysql', 'There is no MySQL or MariaDB server on this machine.', { nextStep })
}

/**
 * Finds a server program to run the tests' private databases with: an installed one, else the Debian package. Never
 * Docker: whoever runs the tests twice wants the same server twice.
 *
 * @param onProgress is told each longer step, for people
 * @throws StackError `no-mysql` with what to do, when there is none to be had
 */
export async function findMysqlProgram(
  onProgress: (text: string) => void,
  options: { installed?: () => MysqlServerProgram[]; download?: typeof installDebianServer } = {},
): Promise<MysqlServerProgram> {
  const { installed = findInstalledServers, download } = options
  const found = installed().find((program) => reasonAgainst(program) === undefined)
  return found ?? unpackDebianServer(onProgress, download)
}
