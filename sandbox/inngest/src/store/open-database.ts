import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { StartError } from '../errors.ts'
import { schema, schemaVersion } from './schema.ts'

const fileName = 'inngest-stand-in.db'

/**
 * Opens the database of a server, making folder and tables where they are missing.
 *
 * @param directory folder of the database file; undefined keeps everything in memory
 * @throws StartError when another server has the folder, or a later version wrote it
 */
export function openDatabase(directory: string | undefined): DatabaseSync {
  if (directory !== undefined) mkdirSync(directory, { recursive: true })
  // Not an import: bundlers of test runners rewrite `node:sqlite` to `sqlite`, which does not exist.
  const sqlite = process.getBuiltinModule('node:sqlite')
  const database = new sqlite.DatabaseSync(directory === undefined ? ':memory:' : join(directory, fileName))
  try {
    // Exclusive: two servers on one folder would run everything twice. FULL: on disk when a commit returns.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -8000;
      PRAGMA journal_size_limit = 16777216;
    `)
    createTables(database)
  } catch (error) {
    database.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      throw new StartError(`Another server is using ${directory}; stop it, or choose another --sqlite-dir.`)
    }
    throw error
  }
  return database
}

function createTables(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version === schemaVersion) {
    // A read alone takes no exclusive lock; this does, so that a second server is refused at once.
    database.exec('BEGIN IMMEDIATE; COMMIT')
    return
  }
  if (version !== 0) {
    throw new StartError(
      `The state was written by another version (${version}, this is ${schemaVersion}); delete the --sqlite-dir folder.`,
    )
  }
  database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`)
}
