import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AppKey, appPaths, serviceUrl } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import { nodeProgram, repositoryRoot } from '../paths.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

/** `embedded`, or the real server's name and version; a given program that can't run is refused. */
export function inngestKind(program: string | undefined): string {
  if (program === undefined) return 'embedded'
  try {
    const out = execFileSync(program, ['version'], {
      encoding: 'utf8',
      // Without DO_NOT_TRACK the program reports each call to its maker, and doesn't end before it has: offline that
      // takes seconds, for two words.
      // Next's types, where a program loads them too, ask for NODE_ENV in every environment.
      env: { NODE_ENV: 'development', ...childEnvironment() },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 10_000,
    })
    return `inngest-cli ${/(\d+\.\d+\.\d+\S*)/.exec(out)?.[1] ?? out.trim()}`
  } catch (error) {
    throw new StackError('part-failed', `The Inngest server given by INNGEST_BIN does not run: ${program}`, {
      nextStep: 'Correct INNGEST_BIN, or remove it: then the embedded server is used.',
      cause: error,
    })
  }
}

/**
 * An Inngest server for one app: the embedded one, or a real one, with the same flags. The real one would move to
 * other ports by itself, so it is given all of its four.
 */
export function inngestPart({
  app,
  program,
  ports,
  secrets,
  folder,
  logFile,
}: {
  app: AppKey
  program: string | undefined
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
      const kind = inngestKind(program)
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
        version: program === undefined ? '' : kind.replace('inngest-cli ', ''),
        url: serviceUrl(ports, name),
        process: process_,
      }
    },
  }
}
