import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AppKey, appPaths, browserUrl, serviceUrl } from '../app-environment.ts'
import { distFolder } from '../apps/dist-folder.ts'
import { childEnvironment } from '../child-environment.ts'
import type { GuardedProcess } from '../guard/guard.ts'
import { appFolder, nodeProgram } from '../paths.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { SiteHosts } from '../site-hosts.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

function nextVersion(app: AppKey): string {
  const file = join(appFolder(app), 'node_modules', 'next', 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/**
 * Asked to end, Next 14's dev server kills its own worker, and then starts a process in a session of its own, out of the
 * guard's reach, to report that (telemetry off or not): a stray one for seconds. Killed at once, it leaves none and loses
 * nothing more. Next 16 is asked: it saves its cache, and starts no such process without telemetry.
 */
function endedAtOnce(process: GuardedProcess): GuardedProcess {
  return {
    ...process,
    stop() {
      process.signal('SIGKILL')
      return process.ended
    },
  }
}

/** One of the two apps, as a dev server or as a server of its production build. */
export function appPart({
  app,
  mode,
  stackName,
  ports,
  hosts,
  environment,
  logFile,
}: {
  app: AppKey
  mode: 'dev' | 'start'
  stackName: string
  ports: StackPorts
  hosts: SiteHosts
  environment: Record<string, string>
  logFile: string
}): PartDefinition {
  return {
    name: app,
    async start(guard) {
      const folder = appFolder(app)
      const process_ = await startHttpPart({
        guard,
        name: app,
        command: {
          command: nodeProgram(),
          args: [
            join(folder, 'node_modules', 'next', 'dist', 'bin', 'next'),
            mode,
            '-H',
            '127.0.0.1',
            '-p',
            String(ports[app]),
          ],
          cwd: folder,
          env: childEnvironment({
            ...environment,
            NODE_ENV: mode === 'dev' ? 'development' : 'production',
            NEXT_DIST_DIR: distFolder(stackName, mode),
          }),
          logFile,
        },
        readyUrl: serviceUrl(ports, app) + appPaths.health,
        deadlineMs: 120_000,
        isReady: (status) => status === 200,
      })
      return {
        kind: `next ${mode}`,
        version: nextVersion(app),
        url: browserUrl(ports, app, hosts),
        process: app === 'tt' && mode === 'dev' ? endedAtOnce(process_) : process_,
      }
    },
  }
}
