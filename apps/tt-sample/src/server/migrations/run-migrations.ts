import {createHash, randomUUID} from 'node:crypto'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type Connection, createConnection, type RowDataPacket} from 'mysql2/promise'
import {readDatabaseUrl} from '../database-url'
import {splitStatements} from './split-statements'

/** The database and the migration folder don't fit together; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** Prisma's own table, so that `prisma migrate status` and `prisma migrate resolve` read what this runner did. */
const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS \`_prisma_migrations\` (
    \`id\` VARCHAR(36) NOT NULL PRIMARY KEY,
    \`checksum\` VARCHAR(64) NOT NULL,
    \`finished_at\` DATETIME(3) NULL,
    \`migration_name\` VARCHAR(255) NOT NULL,
    \`logs\` TEXT NULL,
    \`rolled_back_at\` DATETIME(3) NULL,
    \`started_at\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    \`applied_steps_count\` INT UNSIGNED NOT NULL DEFAULT 0
  ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

const LOCK_WAIT_SECONDS = 60

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface HistoryRow extends RowDataPacket {
  migration_name: string
  checksum: string
  finished_at: Date | null
  logs: string | null
}

/**
 * Applies the migrations of `folder` that `databaseUrl` doesn't have yet, in the order of their names.
 *
 * MySQL commits every DDL statement by itself, so a migration that fails half-way stays half-applied: that is written
 * down, and later runs refuse to go on until a person has looked.
 *
 * @returns the names of the migrations applied by this run
 * @throws DatabaseUrlError, and MigrationError when a file changed after it was applied, an applied one is gone, or one is half-applied
 */
export async function runMigrations({
  databaseUrl,
  folder,
}: {
  databaseUrl: string
  folder: string
}): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const {ssl, ...address} = readDatabaseUrl(databaseUrl)
  const connection = await createConnection({
    ...address,
    ...(ssl === undefined ? {} : {ssl}),
    timezone: 'Z',
  })
  try {
    await connection.query("SET time_zone = '+00:00'")
    return await withLock(connection, () => applyMissing(connection, migrations))
  } finally {
    await connection.end()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, {withFileTypes: true})
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name, 'migration.sql'))
      return {
        name,
        sql: content.toString('utf8'),
        checksum: createHash('sha256').update(content).digest('hex'),
      }
    }),
  )
}

/** One runner at a time per database; MySQL frees the lock by itself when the connection is gone. */
async function withLock<Result>(connection: Connection, work: () => Promise<Result>): Promise<Result> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT GET_LOCK(CONCAT('migrate:', SHA1(DATABASE())), ?) AS locked",
    [LOCK_WAIT_SECONDS],
  )
  if (Number(rows[0]?.locked) !== 1) {
    throw new MigrationError(
      `Another process has been migrating this database for ${LOCK_WAIT_SECONDS} seconds. Wait for it, or end it, and try again.`,
    )
  }
  try {
    return await work()
  } finally {
    await connection.query("SELECT RELEASE_LOCK(CONCAT('migrate:', SHA1(DATABASE())))")
  }
}

async function applyMissing(connection: Connection, migrations: Migration[]): Promise<string[]> {
  await connection.query(HISTORY_TABLE)
  const [history] = await connection.query<HistoryRow[]>(
    'SELECT migration_name, checksum, finished_at, logs FROM `_prisma_migrations` WHERE rolled_back_at IS NULL ORDER BY started_at',
  )
  checkHistory(history, migrations)
  const done = new Set(history.map((row) => row.migration_name))
  const missing = migrations.filter((migration) => !done.has(migration.name))
  for (const migration of missing) await apply(connection, migration)
  return missing.map((migration) => migration.name)
}

function checkHistory(history: HistoryRow[], migrations: Migration[]): void {
  for (const row of history) {
    const migration = migrations.find((candidate) => candidate.name === row.migration_name)
    if (row.finished_at === null) {
      throw new MigrationError(
        `Migration ${row.migration_name} stopped half-way (${row.logs ?? 'the process ended'}). MySQL can't undo schema changes: ` +
          'compare the tables with the file, undo or finish it by hand, then set rolled_back_at (to run it again) or finished_at ' +
          '(if it is complete) on its row in _prisma_migrations.',
      )
    }
    if (migration === undefined) {
      throw new MigrationError(
        `Migration ${row.migration_name} was applied to this database, but its file is gone. Bring the file back; a database is never older than its migrations.`,
      )
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after it was applied. Restore the file and put the change into a new migration.`,
      )
    }
  }
}

async function apply(connection: Connection, migration: Migration): Promise<void> {
  const id = randomUUID()
  await connection.query(
    'INSERT INTO `_prisma_migrations` (id, checksum, migration_name, started_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))',
    [id, migration.checksum, migration.name],
  )
  const statements = splitStatements(migration.sql)
  for (const [index, statement] of statements.entries()) {
    try {
      await connection.query(statement)
    } catch (cause) {
      const reason = `statement ${index + 1} of ${statements.length}: ${cause instanceof Error ? cause.message : String(cause)}`
      await connection.query('UPDATE `_prisma_migrations` SET logs = ? WHERE id = ?', [reason, id])
      throw new MigrationError(
        `Migration ${migration.name} failed at ${reason}. The statements before it are applied and stay. Undo them by hand, ` +
          'set rolled_back_at on its row in _prisma_migrations, correct the file, and run this again.',
        {cause},
      )
    }
  }
  await connection.query(
    'UPDATE `_prisma_migrations` SET finished_at = UTC_TIMESTAMP(3), applied_steps_count = 1 WHERE id = ?',
    [id],
  )
}
