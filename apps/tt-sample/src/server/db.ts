import {PrismaMariaDb} from '@prisma/adapter-mariadb'
import {PrismaClient} from '../generated/prisma/client'
import {readDatabaseUrl} from './database-url'
import {env} from './env'

/**
 * A Prisma client of its own pool. Times are UTC on both ends; a lock that is not to be had in a few seconds is given
 * up, so that the transaction can be tried again instead of holding others up.
 *
 * @param databaseUrl mysql://user:password@host:port/database, with `?ssl=true` for TLS
 * @throws DatabaseUrlError
 */
export function createDatabase(databaseUrl: string, connectionLimit: number): PrismaClient {
  const {ssl, ...address} = readDatabaseUrl(databaseUrl)
  const adapter = new PrismaMariaDb({
    ...address,
    ...(ssl === undefined ? {} : {ssl}),
    connectionLimit,
    minimumIdle: 1,
    // A lost server is noticed in seconds, not in minutes.
    connectTimeout: 5_000,
    acquireTimeout: 10_000,
    timezone: 'Z',
    // MySQL 8 without TLS sends its RSA key only when asked to.
    allowPublicKeyRetrieval: true,
    initSql: ["SET time_zone = '+00:00'", 'SET SESSION innodb_lock_wait_timeout = 5'],
  })
  return new PrismaClient({adapter})
}

const shared = globalThis as typeof globalThis & {ttDatabase?: PrismaClient}

/** The process's one client: `next dev` evaluates this module anew at every edit, and each copy would bring a pool. */
export function database(): PrismaClient {
  shared.ttDatabase ??= createDatabase(env().DATABASE_URL, env().DATABASE_CONNECTION_LIMIT)
  return shared.ttDatabase
}
