import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { StartError } from '../errors.ts'
import { migrations } from './schema.ts'

const fileName = 'inngest-stand-in.db'

/** The file was written by a later version than this one. */
class LaterVersion extends Error {
  readonly version: number
  constructor(version: number) {
    super(`The state was written by the later version ${version}`)
    this.version = version
  }
}

/**
 * Opens the database of a server, making folder and tables where they are missing. The state of an earlier version is
 * brought up to date; that of a later one is put aside under another name, because nobody can be asked what to do.
 *
 * @param directory folder of the database file; undefined keeps everything in memory
 * @throws StartError when another server has the folder
 */
export function openDatabase(
  directory: string | undefined,
  log: (line: string) => void = () => {},
): DatabaseSync {
  if (directory === undefined) return openFile(':memory:')
  mkdirSync(directory, { recursive: true })
  const path = join(directory, fileName)
  try {
    return openFile(path)
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      throw new StartError(`Another server is using ${directory}; stop it, or choose another --sqlite-dir.`)
    }
    if (!(error instanceof LaterVersion)) throw error
    putAside(path, error.version)
    log(`the state in ${directory} is of a later version (${error.version}); it was put aside`)
    return openFile(path)
  }
}

function openFile(path: string): DatabaseSync {
  // Not an import: bundlers of test runners rewrite `node:sqlite` to `sqlite`, which does not exist.
  const sqlite = process.getBuiltinModule('node:sqlite')
  const database = new sqlite.DatabaseSync(path)
  try {
    // Exclusive: two servers on one folder would run everything twice. FULL: on disk when a commit returns.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -8000;
      PRAGMA journal_size_limit = 16777216;
    `)
    migrate(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function migrate(database: DatabaseSync): void {
  // A read alone takes no exclusive lock; this does, so that a second server is refused at once.
  database.exec('BEGIN IMMEDIATE')
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version > migrations.length) throw new LaterVersion(version)
  for (const migration of migrations.slice(version)) database.exec(migration)
  database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`)
}

function putAside(path: string, version: number): void {
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.version-${version}${suffix}`)
  }
}
