import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { StackError } from '../errors.ts'
import type { Guard, GuardedProcess } from '../guard/guard.ts'
import { describeFailedProcess } from '../refusals/explain-failure.ts'
import { waitUntil } from '../wait-until.ts'
import {
  createDataFolder,
  folderArguments,
  temporaryTablesArgument,
  userArguments,
} from './create-data-folder.ts'
import { type MysqlServerProgram, programEnvironment } from './server-program.ts'

/** A user of the server, and what they may do: everything, in the databases that match. */
export interface MysqlAccount {
  user: string
  password: string
  /** A database name, or a pattern in MySQL's own notation such as `test\_tt\_%`. */
  databases: string
  /** Databases to create at the start. */
  create?: readonly string[]
}

export interface RunningMysql {
  process: GuardedProcess
  port: number
  /** The URL of one of the account's databases. */
  url(user: string, database: string): string
}

/** What MySQL 8 checks by default, so that a statement which only MariaDB would accept fails here too. */
const SQL_MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

function initStatements(accounts: readonly MysqlAccount[], flavour: MysqlServerProgram['flavour']): string {
  const statements: string[] = []
  // The freshly made system tables let root in from this machine without a password.
  if (flavour === 'mariadb') {
    statements.push("DROP USER IF EXISTS ''@'localhost', 'root'@'127.0.0.1', 'root'@'::1'")
  }
  for (const { user, password, databases, create = [] } of accounts) {
    const account = `${quote(user)}@'127.0.0.1'`
    for (const database of create) statements.push(`CREATE DATABASE IF NOT EXISTS \`${database}\``)
    statements.push(
      `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${quote(password)}`,
      `ALTER USER ${account} IDENTIFIED BY ${quote(password)}`,
      `GRANT ALL PRIVILEGES ON \`${databases}\`.* TO ${account}`,
    )
  }
  return `${statements.join(';\n')};\n`
}

/**
 * Starts a private server on 127.0.0.1 and waits until it takes orders. Accounts, passwords and databases are set at
 * every start, so a data folder and a secrets file that don't belong together heal by themselves.
 *
 * @param folder the server's data folder; made if it isn't there
 * @throws StackError when the server can't be started, with its last log lines
 */
export async function startMysql({
  guard,
  program,
  folder,
  port,
  logFile,
  accounts,
  part,
}: {
  guard: Guard
  program: MysqlServerProgram
  folder: string
  port: number
  logFile: string
  accounts: readonly MysqlAccount[]
  /** Which part of a stack it is, for the message of a failure. */
  part?: string
}): Promise<RunningMysql> {
  const failure = (sentence: string, cause: unknown) => {
    const subject = part === undefined ? 'The database server' : `The part ${part}`
    const { message, details } = describeFailedProcess(`${subject} ${sentence}`, logFile)
    return new StackError('part-failed', message, {
      ...details,
      ...(part === undefined ? {} : { part }),
      cause,
    })
  }
  try {
    await createDataFolder({ guard, program, folder, logFile })
  } catch (error) {
    throw failure(`could not make its data folder ${folder}: ${(error as Error).message}`, error)
  }
  const initFile = `${folder}.init.sql`
  writeFileSync(initFile, initStatements(accounts, program.flavour), { mode: 0o600 })
  // A socket's path may have some hundred characters at most; a checkout may lie deeper than that.
  const socketName = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const process_ = await guard.start({
    command: program.executable,
    args: [
      '--no-defaults',
      ...userArguments(),
      ...folderArguments(program),
      `--datadir=${folder}`,
      temporaryTablesArgument(folder),
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(tmpdir(), `mysql-${socketName}.sock`)}`,
      `--pid-file=${folder}.pid`,
      `--init-file=${initFile}`,
      '--skip-name-resolve',
      '--default-time-zone=+00:00',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      `--sql-mode=${SQL_MODE}`,
      '--skip-log-bin',
      '--innodb-buffer-pool-size=64M',
      // Safe against a killed server, not against a power cut: right for data that can be made again.
      '--innodb-flush-log-at-trx-commit=2',
      '--max-connections=200',
      '--performance-schema=OFF',
      ...(program.flavour === 'mysql' ? ['--mysqlx=OFF'] : []),
    ],
    cwd: tmpdir(),
    env: programEnvironment(program),
    logFile,
  })
  const first = accounts[0]
  const running: RunningMysql = {
    process: process_,
    port,
    url(user, database) {
      const account = accounts.find((candidate) => candidate.user === user)
      if (!account) throw new Error(`This server has no account ${user}.`)
      return `mysql://${user}:${account.password}@127.0.0.1:${port}/${database}`
    },
  }
  let ended = false
  void process_.ended.then(() => {
    ended = true
  })
  try {
    await waitUntil(
      async () => {
        if (ended) return true
        const connection = await createConnection({
          host: '127.0.0.1',
          port,
          user: first?.user ?? '',
          password: first?.password ?? '',
          connectTimeout: 2_000,
        })
        await connection.query('SELECT 1')
        await connection.end()
        return true
      },
      { deadlineMs: 60_000, everyMs: 40, describe: 'The first answer of the database server' },
    )
    if (ended) throw new Error('The database server ended right after its start.')
    return running
  } catch (error) {
    if (!ended) await process_.stop()
    throw failure(`did not start on port ${port}.`, error)
  }
}
