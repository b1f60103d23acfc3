import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { PartDefinition } from '../parts/part.ts'
import { dockerImages, projectArguments } from './compose-project.ts'
import { mysqlVariables } from './compose-variables.ts'
import { runDocker } from './run-docker.ts'
import { startContainers } from './start-containers.ts'

const ORDER_LIMIT_MS = 20_000

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/**
 * Gives the app's account its password anew, from inside the container. The image sets it only when it makes its data:
 * a volume that has outlived the secrets of its stack would never let the app in again.
 */
async function setPassword(stackName: string, app: AppKey, password: string): Promise<void> {
  const account = `'${app}'@'%'`
  const { code, stderr } = await runDocker(
    [...projectArguments(stackName), 'exec', '-T', `mysql-${app}`, 'mysql', '--user=root'],
    {
      limitMs: ORDER_LIMIT_MS,
      input: [
        `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${quote(password)};`,
        `ALTER USER ${account} IDENTIFIED BY ${quote(password)};`,
        `CREATE DATABASE IF NOT EXISTS \`${app}\`;`,
        `GRANT ALL ON \`${app}\`.* TO ${account};`,
        '',
      ].join('\n'),
    },
  )
  if (code === 0) return
  throw new StackError(
    'database-refused',
    `The database in the volume of mysql-${app} was made with another password, and does not take a new one: ${stderr.trim().split('\n').at(-1) ?? ''}`,
    { part: `mysql-${app}`, nextStep: `\`npm run stack -- reset --name ${stackName}\` starts from nothing.` },
  )
}

/**
 * A MySQL 8 server for one app, in Docker. Its data is in a volume that only `reset` deletes.
 *
 * @param onWorking is told what takes long
 */
export function composeMysqlPart({
  app,
  stackName,
  port,
  password,
  logFile,
  onWorking,
}: {
  app: AppKey
  stackName: string
  port: number
  password: string
  logFile: string
  onWorking?: (detail: string) => void
}): PartDefinition {
  const name = `mysql-${app}` as const
  return {
    name,
    async start(guard) {
      let version = ''
      let setAnew = false
      const askVersion = async () => {
        const connection = await createConnection({
          host: '127.0.0.1',
          port,
          user: app,
          password,
          database: app,
          connectTimeout: 3_000,
        })
        try {
          const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version')
          version = String(rows[0]?.version ?? '')
          return true
        } finally {
          await connection.end()
        }
      }
      const process = await startContainers(
        guard,
        {
          part: name,
          stackName,
          services: [name],
          images: dockerImages.mysql,
          variables: mysqlVariables({ app, port, password }),
          logFile,
          async isReady() {
            try {
              return await askVersion()
            } catch (error) {
              if ((error as NodeJS.ErrnoException).code !== 'ER_ACCESS_DENIED_ERROR' || setAnew) throw error
              setAnew = true
              await setPassword(stackName, app, password)
              return false
            }
          },
          onWorking,
        },
        { reachesApps: false },
      )
      return { kind: 'MySQL (Docker)', version, url: `mysql://127.0.0.1:${port}/${app}`, process }
    },
  }
}
