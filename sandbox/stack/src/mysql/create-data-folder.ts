import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Guard } from '../guard/guard.ts'
import { type MysqlServerProgram, programEnvironment } from './server-program.ts'
import { systemScripts } from './system-scripts.ts'

/** A server started by root refuses to run unless it is told so. */
export function userArguments(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

/** Folders that a server which isn't installed where it was built must be told. */
export function folderArguments(program: MysqlServerProgram): string[] {
  if (program.shareFolder === undefined) return []
  return [
    `--basedir=${dirname(dirname(program.executable))}`,
    `--lc-messages-dir=${program.shareFolder}`,
    `--character-sets-dir=${join(program.shareFolder, 'charsets')}`,
  ]
}

/**
 * A server's own folder for temporary tables, made if it isn't there. A starting MariaDB sweeps every temporary table
 * out of its folder: in the system's, that would be those of any server beside it, in the middle of their statements.
 */
export function temporaryTablesArgument(dataFolder: string): string {
  const folder = `${dataFolder}.tmp`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return `--tmpdir=${folder}`
}

/** The statements that fill MariaDB's system tables; its bootstrap reader wants one a line here. */
function bootstrapScript(shareFolder: string): string {
  const files = systemScripts(shareFolder)
  if (files === undefined) throw new Error(`${shareFolder} has no scripts for MariaDB's system tables.`)
  const scripts = files.map((file) => readFileSync(file, 'utf8'))
  return ['create database mysql;', 'use mysql;', 'set @auth_root_socket=NULL;', ...scripts, ''].join('\n')
}

/**
 * Makes the data folder of a private server, unless it is there. It is made beside its place and renamed at the end,
 * so an interrupted first start leaves nothing that looks like a data folder.
 *
 * @throws Error when the server can't make one; its messages are in `logFile`
 */
export async function createDataFolder({
  guard,
  program,
  folder,
  logFile,
}: {
  guard: Guard
  program: MysqlServerProgram
  folder: string
  logFile: string
}): Promise<void> {
  if (existsSync(folder)) return
  mkdirSync(dirname(folder), { recursive: true })
  const fresh = `${folder}.new`
  const scriptFile = `${fresh}.sql`
  rmSync(fresh, { recursive: true, force: true })
  const common = [
    '--no-defaults',
    ...userArguments(),
    ...folderArguments(program),
    `--datadir=${fresh}`,
    temporaryTablesArgument(folder),
  ]
  if (program.shareFolder !== undefined) {
    mkdirSync(fresh, { mode: 0o700 })
    writeFileSync(scriptFile, bootstrapScript(program.shareFolder))
  }
  const process_ = await guard.start({
    command: program.executable,
    args:
      program.shareFolder === undefined
        ? [...common, '--initialize-insecure']
        : [
            ...common,
            '--bootstrap',
            '--skip-log-bin',
            '--innodb-log-file-size=48M',
            '--character-set-server=utf8mb4',
          ],
    cwd: dirname(folder),
    env: programEnvironment(program),
    logFile,
    ...(program.shareFolder === undefined ? {} : { inputFile: scriptFile }),
  })
  const end = await process_.ended
  rmSync(scriptFile, { force: true })
  if (end.code !== 0)
    throw new Error(`The server's first start ended with ${end.signal ?? `code ${end.code}`}.`)
  renameSync(fresh, folder)
}
