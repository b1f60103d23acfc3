import {fileURLToPath} from 'node:url'
import {runMigrations} from '../src/server/migrations/run-migrations'

/** Brings the database of DATABASE_URL up to date. Safe to run any number of times, and by several at once. */
async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL
  if (databaseUrl === undefined || databaseUrl === '') {
    throw new Error('DATABASE_URL is missing: mysql://user:password@host:port/database.')
  }
  const folder = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
  const applied = await runMigrations({databaseUrl, folder})
  console.log(applied.length === 0 ? 'Nothing to migrate.' : `Applied ${applied.join(', ')}.`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
