import { createHmac } from 'node:crypto'
import type { AppKey } from '../app-environment.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'

const APPS = ['tt', 'ah'] as const

/** `docker compose` asks for every variable of the file, whichever service is started. */
const ASKED_FOR = [
  'MYSQL_PASSWORD',
  'INNGEST_EVENT_KEY',
  'INNGEST_SIGNING_KEY',
  'INNGEST_STORE_PASSWORD',
] as const

const prefix = (app: AppKey) => (app === 'tt' ? 'TT' : 'AH')

/** Each variable that has to have a value, with one that no started service sees. */
function notNeededHere(): Record<string, string> {
  return Object.fromEntries(
    APPS.flatMap((app) => ASKED_FOR.map((name) => [`${prefix(app)}_${name}`, 'not-needed-here'])),
  )
}

/** The variables of docker/compose.yaml for one app's database. */
export function mysqlVariables({
  app,
  port,
  password,
}: {
  app: AppKey
  port: number
  password: string
}): Record<string, string> {
  return {
    ...notNeededHere(),
    [`${prefix(app)}_MYSQL_PORT`]: String(port),
    [`${prefix(app)}_MYSQL_PASSWORD`]: password,
  }
}

/** The ports of the Redis and the Postgres behind an app's Inngest: in the stack's hundred, behind those of the parts. */
export function inngestStorePorts({ app, ports }: { app: AppKey; ports: StackPorts }): {
  redis: number
  postgres: number
} {
  const first = ports.tt + (app === 'tt' ? 70 : 72)
  return { redis: first, postgres: first + 1 }
}

/** The variables of docker/compose.yaml for one app's Inngest, with or without Redis and Postgres. */
export function inngestVariables({
  app,
  ports,
  secrets,
}: {
  app: AppKey
  ports: StackPorts
  secrets: Pick<StackSecrets, 'inngestEventKey' | 'inngestSigningKey'>
}): Record<string, string> {
  const [gateway, gatewayGrpc, executorGrpc] = ports.inngestInternal[app]
  const store = inngestStorePorts({ app, ports })
  const signingKey = secrets.inngestSigningKey[app]
  const own = {
    APP_PORT: String(ports[app]),
    INNGEST_PORT: String(ports[`inngest-${app}`]),
    INNGEST_GATEWAY_PORT: String(gateway),
    INNGEST_GATEWAY_GRPC_PORT: String(gatewayGrpc),
    INNGEST_EXECUTOR_GRPC_PORT: String(executorGrpc),
    REDIS_PORT: String(store.redis),
    POSTGRES_PORT: String(store.postgres),
    INNGEST_EVENT_KEY: secrets.inngestEventKey[app],
    INNGEST_SIGNING_KEY: signingKey,
    // Follows from a secret that the stack keeps anyway; nobody but Inngest and its two stores ever needs it.
    INNGEST_STORE_PASSWORD: createHmac('sha256', signingKey).update('redis and postgres').digest('hex'),
  }
  return {
    ...notNeededHere(),
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`${prefix(app)}_${name}`, value])),
  }
}
