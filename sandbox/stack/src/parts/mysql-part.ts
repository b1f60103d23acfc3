import { createConnection } from 'mysql2/promise'
import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import { type DatabaseAddress, parseDatabaseUrl } from '../mysql/database-url.ts'
import { describeProgram, type MysqlServerProgram } from '../mysql/server-program.ts'
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
        // Neither flavour reads the other's files: whoever changes between them finds either's data again.
        folder: found.flavour === 'mariadb' ? folder : `${folder}-mysql`,
        port,
        logFile,
        accounts: [{ user: app, password, databases: app, create: [app] }],
        part: `mysql-${app}`,
      })
      return {
        kind: `${found.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} (${found.origin})`,
        version: found.version,
        what: describeProgram(found),
        url: `mysql://127.0.0.1:${port}/${app}`,
        process: running.process,
      }
    },
  }
}

function explainRefusal(
  variable: string,
  { url: where, connection: { user } }: DatabaseAddress,
  error: NodeJS.ErrnoException,
): StackError {
  const server = `${where.hostname}:${where.port || 3306}`
  const database = where.pathname.slice(1)
  if (error.code === 'ER_ACCESS_DENIED_ERROR' || error.code === 'ER_DBACCESS_DENIED_ERROR') {
    return new StackError(
      'database-refused',
      `The database server at ${server} refuses the user ${user} (${variable}): wrong name, password or rights.`,
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
      const address = parseDatabaseUrl(url)
      if (address === undefined) {
        throw new StackError('database-refused', `${variable} is not a database address.`, {
          part: `mysql-${app}`,
          nextStep:
            'It looks like mysql://user:password@127.0.0.1:3306/database, with ?ssl=true behind it for TLS. In the password, @ : / # ? % are written %40 %3A %2F %23 %3F %25.',
        })
      }
      const where = address.url
      try {
        const connection = await createConnection({ ...address.connection, connectTimeout: 5_000 })
        const [rows] = await connection.query<import('mysql2').RowDataPacket[]>('SELECT VERSION() AS version')
        await connection.end()
        const version = String(rows[0]?.version ?? '')
        return {
          kind: `given by ${variable}`,
          version,
          what: `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${version}, given by ${variable}`,
          url: `mysql://${where.host}${where.pathname}`,
          process: undefined,
        }
      } catch (error) {
        throw explainRefusal(variable, address, error as NodeJS.ErrnoException)
      }
    },
  }
}
