import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AppKey, appPaths, serviceUrl } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { nodeProgram, repositoryRoot } from '../paths.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

/**
 * An Inngest server for one app: the embedded one, or a real one, with the same flags. The real one would move to
 * other ports by itself, so it is given all of its four.
 */
export function inngestPart({
  app,
  program,
  version,
  ports,
  secrets,
  folder,
  logFile,
}: {
  app: AppKey
  /** Of a real server; undefined: the embedded one. */
  program: string | undefined
  /** What that program told; empty for the embedded one. */
  version: string
  ports: StackPorts
  secrets: StackSecrets
  folder: string
  logFile: string
}): PartDefinition {
  const name = `inngest-${app}` as const
  return {
    name,
    async start(guard) {
      mkdirSync(folder, { recursive: true })
      const [gateway, gatewayGrpc, executorGrpc] = ports.inngestInternal[app]
      const flags = [
        'start',
        '--host',
        '127.0.0.1',
        '--port',
        String(ports[name]),
        '-u',
        serviceUrl(ports, app) + appPaths.inngest,
        '--event-key',
        secrets.inngestEventKey[app],
        '--signing-key',
        secrets.inngestSigningKey[app],
        '--sqlite-dir',
        folder,
      ]
      const process_ = await startHttpPart({
        guard,
        name,
        command: {
          command: program ?? nodeProgram(),
          args:
            program === undefined
              ? [join(repositoryRoot, 'sandbox', 'inngest', 'src', 'main.ts'), ...flags]
              : [
                  ...flags,
                  '--connect-gateway-port',
                  String(gateway),
                  '--connect-gateway-grpc-port',
                  String(gatewayGrpc),
                  '--connect-executor-grpc-port',
                  String(executorGrpc),
                ],
          cwd: folder,
          env: childEnvironment(),
          logFile,
        },
        readyUrl: `${serviceUrl(ports, name)}/health`,
        isReady: (status) => status === 200,
      })
      return {
        kind: program === undefined ? 'Inngest stand-in (embedded)' : 'Inngest server',
        version,
        url: serviceUrl(ports, name),
        process: process_,
      }
    },
  }
}
