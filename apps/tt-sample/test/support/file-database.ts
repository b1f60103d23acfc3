import {randomBytes} from 'node:crypto'
import {fileURLToPath} from 'node:url'
import {createConnection} from 'mysql2/promise'
import {runMigrations} from '../../src/server/migrations/run-migrations'

export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

export interface FileDatabase {
  url: string
  drop(): Promise<void>
}

/**
 * A database beside the run's own, with its name as a prefix.
 *
 * @param migrated false leaves it empty
 */
export async function createFileDatabase(
  runDatabaseUrl: string,
  {migrated = true}: {migrated?: boolean} = {},
): Promise<FileDatabase> {
  const url = new URL(runDatabaseUrl)
  const name = `${url.pathname.slice(1)}_${randomBytes(4).toString('hex')}`
  const execute = async (statement: string) => {
    const connection = await createConnection(runDatabaseUrl)
    await connection.query(statement)
    await connection.end()
  }
  await execute(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
  url.pathname = `/${name}`
  if (migrated) await runMigrations({databaseUrl: url.href, folder: migrationsFolder})
  return {url: url.href, drop: () => execute(`DROP DATABASE \`${name}\``)}
}
