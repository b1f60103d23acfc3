import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { toolsFolder } from '../paths.ts'
import { putInPlace, removeStaleWork } from '../picking/unpacked-program.ts'
import { inspectServer } from './find-installed-server.ts'
import type { MysqlServerProgram } from './server-program.ts'

const run = promisify(execFile)

const ORIGIN = 'Debian package'
/** The server without the service around it; older Ubuntus carry the version in the name. */
const SERVER_PACKAGES = ['mariadb-server-core', 'mariadb-server-core-10.6']
/** Every system that can run Node has these; a second copy beside them would only cause trouble. */
const BASE_LIBRARIES = /^(libc6|libgcc-s1|libstdc\+\+6|libcrypt1)$/

function libraryFolders(root: string): string {
  const folders: string[] = []
  for (const base of [join(root, 'usr', 'lib'), join(root, 'lib')]) {
    if (!existsSync(base)) continue
    folders.push(base)
    for (const entry of readdirSync(base, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name.includes('-linux-')) folders.push(join(base, entry.name))
    }
  }
  return folders.join(':')
}

function inspectUnpacked(root: string): MysqlServerProgram | undefined {
  const executable = join(root, 'usr', 'sbin', 'mariadbd')
  if (!existsSync(executable)) return undefined
  return inspectServer(executable, { origin: ORIGIN, libraryPath: libraryFolders(root) })
}

async function commandExists(command: string, argument: string): Promise<boolean> {
  try {
    await run(command, [argument])
    return true
  } catch {
    return false
  }
}

/** Whether this machine can fetch and unpack Debian packages. */
export async function canUnpackDebianPackages(): Promise<boolean> {
  return (await commandExists('apt-get', '--version')) && (await commandExists('dpkg-deb', '--version'))
}

/** Names of the libraries that a package asks for and that this system doesn't have. */
async function missingLibraries(serverPackage: string, aptOptions: readonly string[]): Promise<string[]> {
  const { stdout } = await run('apt-cache', [...aptOptions, 'depends', serverPackage])
  const names = [...stdout.matchAll(/^\s*Depends: (lib[\w.+-]+)/gm)].flatMap((match) => match[1] ?? [])
  const missing: string[] = []
  for (const name of new Set(names)) {
    if (BASE_LIBRARIES.test(name)) continue
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own notation.
    const installed = await run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]).then(
      (result) => result.stdout.split(/\s+/).includes('installed'),
      () => false,
    )
    if (!installed) missing.push(name)
  }
  return missing
}

/**
 * Fetches MariaDB's server package from the machine's own Debian or Ubuntu sources and unpacks it into
 * `.local/tools/mariadb`. Needs no root and installs nothing: package lists and cache are private ones, because those
 * of a fresh machine are empty and an ordinary user may not fill them.
 *
 * Safe to be called by several processes at once: each works in a folder of its own, the first to finish wins.
 *
 * @param onProgress is told each longer step, for people
 * @param folder where to keep the unpacked server
 * @returns undefined when this is not a Debian-like machine
 * @throws Error when the packages can't be fetched, or the server doesn't run
 */
export async function installDebianServer(
  onProgress: (text: string) => void,
  folder = join(toolsFolder, 'mariadb'),
): Promise<MysqlServerProgram | undefined> {
  const root = join(folder, 'root')
  const present = inspectUnpacked(root)
  if (present) return present
  if (!(await canUnpackDebianPackages())) return undefined

  mkdirSync(folder, { recursive: true })
  removeStaleWork(join(folder, 'work-'))
  const work = mkdtempSync(join(folder, 'work-'))
  try {
    const lists = join(work, 'lists')
    const cache = join(work, 'cache')
    const packages = join(work, 'packages')
    const unpacked = join(work, 'root')
    for (const path of [join(lists, 'partial'), join(cache, 'archives', 'partial'), packages, unpacked]) {
      mkdirSync(path, { recursive: true })
    }
    const aptOptions = [
      '-o',
      `Dir::State::lists=${lists}`,
      '-o',
      `Dir::Cache=${cache}`,
      '-o',
      'Acquire::Languages=none',
      '-o',
      'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false',
      '-o',
      'Acquire::Retries=2',
      // As root, apt would hand the download to a user who may not write here.
      '-o',
      'APT::Sandbox::User=root',
    ]

    onProgress('reading the package lists (private copy, nothing is installed)')
    // One source that doesn't answer is no reason to stop: whether the server is to be had, the download tells.
    const listsError = await run('apt-get', [...aptOptions, 'update', '-q']).then(
      () => undefined,
      (error: Error) => error,
    )

    onProgress('downloading MariaDB (about 7 MB)')
    let serverPackage: string | undefined
    let downloadError: unknown = listsError
    for (const name of SERVER_PACKAGES) {
      try {
        await run('apt-get', [...aptOptions, 'download', '-q', name], { cwd: packages })
        serverPackage = name
        break
      } catch (error) {
        downloadError = error
      }
    }
    if (serverPackage === undefined) {
      throw new Error('The MariaDB package could not be downloaded from the sources of this machine.', {
        cause: downloadError,
      })
    }
    const libraries = await missingLibraries(serverPackage, aptOptions)
    if (libraries.length > 0) {
      await run('apt-get', [...aptOptions, 'download', '-q', ...libraries], { cwd: packages })
    }

    onProgress('unpacking')
    for (const file of readdirSync(packages)) {
      if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(packages, file), unpacked])
    }
    if (inspectUnpacked(unpacked) === undefined) {
      throw new Error('The downloaded MariaDB server does not start on this machine.')
    }
    putInPlace(unpacked, root, () => inspectUnpacked(root) !== undefined)
    return inspectUnpacked(root)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
