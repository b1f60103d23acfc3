import { createConnection } from 'mysql2/promise'
import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { MysqlServerProgram } from '../mysql/server-program.ts'
import { startMysql } from '../mysql/start-mysql.ts'
import type { PartDefinition } from './part.ts'

/** A private database server for one app. */
export function privateMysqlPart({
  app,
  program,
  folder,
  port,
  logFile,
  password,
}: {
  app: AppKey
  /** Found, and downloaded if need be, when the first of the two databases starts. */
  program: () => Promise<MysqlServerProgram>
  folder: string
  port: number
  logFile: string
  password: string
}): PartDefinition {
  return {
    name: `mysql-${app}`,
    async start(guard) {
      const found = await program()
      const running = await startMysql({
        guard,
        program: found,
        folder,
        port,
        logFile,
        accounts: [{ user: app, password, databases: app, create: [app] }],
      })
      return {
        kind: `${found.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} (${found.origin})`,
        version: found.version,
        url: `mysql://127.0.0.1:${port}/${app}`,
        process: running.process,
      }
    },
  }
}

function explainRefusal(variable: string, where: URL, error: NodeJS.ErrnoException): StackError {
  const server = `${where.hostname}:${where.port || 3306}`
  const database = where.pathname.slice(1)
  if (error.code === 'ER_ACCESS_DENIED_ERROR' || error.code === 'ER_DBACCESS_DENIED_ERROR') {
    return new StackError(
      'database-refused',
      `The database server at ${server} refuses the user ${decodeURIComponent(where.username)} (${variable}): wrong name, password or rights.`,
      {
        nextStep: `Correct the user and password in ${variable}, or remove it: then the stack starts a database of its own.`,
      },
    )
  }
  if (error.code === 'ER_BAD_DB_ERROR') {
    return new StackError(
      'database-refused',
      `There is no database ${database} on ${server} (${variable}).`,
      {
        nextStep: `Create it: CREATE DATABASE \`${database}\` CHARACTER SET utf8mb4;`,
      },
    )
  }
  return new StackError(
    'database-refused',
    `The database server at ${server} (${variable}) can't be reached: ${error.code ?? error.message}.`,
    {
      nextStep: `Start it, or remove ${variable}: then the stack starts a database of its own.`,
      cause: error,
    },
  )
}

/** A database that was given by its URL: it is only checked, never started or stopped. */
export function givenMysqlPart({ app, url }: { app: AppKey; url: string }): PartDefinition {
  const variable = app === 'tt' ? 'TT_DATABASE_URL' : 'AH_DATABASE_URL'
  return {
    name: `mysql-${app}`,
    async start() {
      if (!URL.canParse(url) || new URL(url).protocol !== 'mysql:' || new URL(url).pathname.length < 2) {
        throw new StackError('database-refused', `${variable} is not a database address.`, {
          nextStep: `It looks like mysql://user:password@127.0.0.1:3306/database`,
        })
      }
      const where = new URL(url)
      try {
        const connection = await createConnection({ uri: url, connectTimeout: 5_000 })
        const [rows] = await connection.query<import('mysql2').RowDataPacket[]>('SELECT VERSION() AS version')
        await connection.end()
        return {
          kind: `given by ${variable}`,
          version: String(rows[0]?.version ?? ''),
          url: `mysql://${where.host}${where.pathname}`,
          process: undefined,
        }
      } catch (error) {
        throw explainRefusal(variable, where, error as NodeJS.ErrnoException)
      }
    },
  }
}
