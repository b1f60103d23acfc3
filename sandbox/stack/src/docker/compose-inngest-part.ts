import { type AppKey, serviceUrl } from '../app-environment.ts'
import type { PartDefinition } from '../parts/part.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import { dockerImages, dockerVersions } from './compose-project.ts'
import { inngestStorePorts, inngestVariables } from './compose-variables.ts'
import { probeDocker } from './probe-docker.ts'
import { startContainers } from './start-containers.ts'

const ANSWER_LIMIT_MS = 20_000

/**
 * A real Inngest server for one app, in Docker.
 *
 * @param redis whether its queue and its history are kept in a Redis and a Postgres of its own; without them it is one
 *   node, and what is queued is lost when it ends
 * @param onWorking is told what takes long
 */
export function composeInngestPart({
  app,
  stackName,
  ports,
  secrets,
  logFile,
  redis,
  onWorking,
}: {
  app: AppKey
  stackName: string
  ports: StackPorts
  secrets: Pick<StackSecrets, 'inngestEventKey' | 'inngestSigningKey'>
  logFile: string
  redis: boolean
  onWorking?: (detail: string) => void
}): PartDefinition {
  const name = `inngest-${app}` as const
  const url = serviceUrl(ports, name)
  return {
    name,
    async start(guard) {
      const process = await startContainers(
        guard,
        {
          part: name,
          stackName,
          services: redis ? [`${name}-durable`, `redis-${app}`, `postgres-${app}`] : [name],
          images: dockerImages[redis ? 'inngest-durable' : 'inngest'],
          variables: inngestVariables({ app, ports, secrets }),
          logFile,
          async isReady() {
            const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) })
            await response.body?.cancel()
            return response.status === 200
          },
          onWorking,
        },
        { reachesApps: true },
      )
      return {
        kind: redis ? 'Inngest server (Docker, with Redis and Postgres)' : 'Inngest server (Docker)',
        version: dockerVersions.inngest.replace(/^v/, ''),
        url,
        process,
      }
    },
  }
}

/** Ports that have to be free for an Inngest server in Docker besides its own, for the check before anything starts. */
export function composeInngestPorts({
  app,
  ports,
  redis,
}: {
  app: AppKey
  ports: StackPorts
  redis: boolean
}): number[] {
  const store = inngestStorePorts({ app, ports })
  return [...ports.inngestInternal[app], ...(redis ? [store.redis, store.postgres] : [])]
}

/**
 * The address at which an Inngest server in Docker finds an app, for the app's INNGEST_SERVE_HOST: the SDK registers it,
 * and the server calls it back there.
 */
export async function dockerServeHost({ app, ports }: { app: AppKey; ports: StackPorts }): Promise<string> {
  const docker = await probeDocker({ limitMs: ANSWER_LIMIT_MS })
  return docker.ok && docker.engine === 'desktop'
    ? `http://host.docker.internal:${ports[app]}`
    : serviceUrl(ports, app)
}
