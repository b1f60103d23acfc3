/**
 * Vitest global set-up for tests with the name `*.db.test.ts`: gives this run two fresh, migrated databases of its own
 * in `TT_TEST_DATABASE_URL` and `AH_TEST_DATABASE_URL`, and drops them at the end. The server is private to this
 * checkout and shared by all runs that happen at the same time.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { StackError } from '../errors.ts'
import { generatePrismaClient } from '../generate-prisma-client.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import { stackSecrets } from '../secrets.ts'
import { holdTestDatabaseServer, testDatabaseFolder } from './keeper.ts'

type AppKey = 'tt' | 'ah'

/** Runs an app's migrations on a database; nothing happens while the app has none. */
async function migrate(app: AppKey, databaseUrl: string): Promise<void> {
  const folder = appFolder(app)
  if (!existsSync(join(folder, 'scripts', 'migrate.ts'))) return
  const child = spawn(nodeProgram(), ['--import', 'tsx', join('scripts', 'migrate.ts')], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: databaseUrl, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) {
    const message = `The migrations of ${app === 'tt' ? 'tt-sample' : 'ah-sample'} failed on an empty database.`
    // Vitest prints the message only: the cause belongs into it.
    throw new StackError('step-failed', `${message}\n${output}`)
  }
}

export interface TestDatabases {
  ttUrl: string
  ahUrl: string
  /** Drops both databases and lets go of the server. */
  drop(): Promise<void>
}

/**
 * Two fresh databases, migrated unless told otherwise.
 *
 * @throws StackError when there is no server to be had or a migration fails
 */
export async function createTestDatabases({
  migrated = true,
}: {
  migrated?: boolean
} = {}): Promise<TestDatabases> {
  const [server] = await Promise.all([
    holdTestDatabaseServer(),
    migrated ? generatePrismaClient() : Promise.resolve(false),
  ])
  const secrets = stackSecrets(testDatabaseFolder)
  const run = randomBytes(6).toString('hex')

  const execute = async (app: AppKey, statement: string) => {
    const connection = await createConnection({
      host: '127.0.0.1',
      port: server.port,
      user: app,
      password: secrets.mysqlPassword[app],
    })
    await connection.query(statement)
    await connection.end()
  }
  const make = async (app: AppKey) => {
    const name = `test_${app}_${run}`
    await execute(app, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
    const url = `mysql://${app}:${secrets.mysqlPassword[app]}@127.0.0.1:${server.port}/${name}`
    if (migrated) await migrate(app, url)
    return url
  }
  const drop = async () => {
    await Promise.all(
      (['tt', 'ah'] as const).map((app) => execute(app, `DROP DATABASE IF EXISTS \`test_${app}_${run}\``)),
    )
    server.release()
  }
  try {
    const [ttUrl, ahUrl] = await Promise.all([make('tt'), make('ah')])
    return { ttUrl, ahUrl, drop }
  } catch (error) {
    await drop()
    throw error
  }
}

/** What Vitest calls before the first and after the last test file. */
export default async function setup(): Promise<() => Promise<void>> {
  const databases = await createTestDatabases()
  process.env.TT_TEST_DATABASE_URL = databases.ttUrl
  process.env.AH_TEST_DATABASE_URL = databases.ahUrl
  return () => databases.drop()
}
