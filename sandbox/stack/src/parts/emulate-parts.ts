import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appPaths, browserUrl, githubClientIds, serviceUrl } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { nodeProgram } from '../paths.ts'
import { githubUsers } from '../personas.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import { localhostOnly, type SiteHosts } from '../site-hosts.ts'
import { writePrivateJson } from '../stack-info.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** The version of the emulate package that is installed. */
export function emulateVersion(): string {
  const file = join(here, '..', '..', 'node_modules', 'emulate', 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return manifest.version
}

/** The GitHub sandbox's users and OAuth apps. Users keep the order of `githubUsers`: their ids follow from it. */
export function githubSeed(
  ports: StackPorts,
  secrets: StackSecrets,
  hosts: SiteHosts = localhostOnly,
): Record<string, unknown> {
  const oauthApp = (app: 'tt' | 'ah', name: string) => ({
    client_id: githubClientIds[app],
    client_secret: secrets.githubClientSecret[app],
    name,
    redirect_uris: [browserUrl(ports, app, hosts) + appPaths.githubCallback],
  })
  return {
    github: {
      users: githubUsers.map(({ login, name, email, about }) => ({ login, name, email, bio: about })),
      oauth_apps: [oauthApp('tt', 'Total TypeScript (local)'), oauthApp('ah', 'AI Hero (local)')],
    },
  }
}

function emulatePart({
  name,
  service,
  kind,
  seed,
  ports,
  folder,
  logFile,
}: {
  name: 'github' | 'inbox'
  service: 'github' | 'resend'
  kind: string
  seed: Record<string, unknown>
  ports: StackPorts
  folder: string
  logFile: string
}): PartDefinition {
  return {
    name,
    async start(guard) {
      const seedFile = join(folder, `${name}-seed.json`)
      writePrivateJson(seedFile, seed)
      const process_ = await startHttpPart({
        guard,
        name,
        command: {
          command: nodeProgram(),
          args: [join(here, 'emulate-main.ts'), service, String(ports[name]), seedFile],
          cwd: folder,
          env: childEnvironment(),
          logFile,
        },
        readyUrl: serviceUrl(ports, name),
      })
      return { kind, version: emulateVersion(), url: serviceUrl(ports, name), process: process_ }
    },
  }
}

/** GitHub's OAuth and user API, with one user for each persona and some that no app knows. */
export function githubPart(options: {
  ports: StackPorts
  secrets: StackSecrets
  hosts?: SiteHosts
  folder: string
  logFile: string
}): PartDefinition {
  return emulatePart({
    ...options,
    name: 'github',
    service: 'github',
    kind: 'GitHub stand-in (emulate)',
    seed: githubSeed(options.ports, options.secrets, options.hosts),
  })
}

/** Resend's API, with an inbox page that shows every mail. */
export function inboxPart(options: { ports: StackPorts; folder: string; logFile: string }): PartDefinition {
  return emulatePart({
    ...options,
    name: 'inbox',
    service: 'resend',
    kind: 'Resend stand-in (emulate)',
    seed: { resend: { domains: [{ name: 'tt.example.com' }, { name: 'ah.example.com' }] } },
  })
}
