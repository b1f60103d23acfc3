import { join } from 'node:path'
import { type AppKey, appPaths, browserUrl, discordClientIds, serviceUrl } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { nodeProgram, repositoryRoot } from '../paths.ts'
import { discordGuild, discordUsers } from '../personas.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import { localhostOnly, type SiteHosts } from '../site-hosts.ts'
import { writePrivateJson } from '../stack-info.ts'
import type { PartDefinition } from './part.ts'
import { startHttpPart } from './start-http-part.ts'

/** The Discord stand-in's applications, users and one server with both apps' bots in it. */
export function discordSeed(
  ports: StackPorts,
  secrets: StackSecrets,
  hosts: SiteHosts = localhostOnly,
): Record<string, unknown> {
  const client = (app: AppKey, name: string) => ({
    id: discordClientIds[app],
    secret: secrets.discordClientSecret[app],
    name,
    redirectUris: [browserUrl(ports, app, hosts) + appPaths.discordCallback],
    botToken: secrets.discordBotToken[app],
  })
  return {
    clients: [client('tt', 'Total TypeScript (local)'), client('ah', 'AI Hero (local)')],
    users: discordUsers.map(({ id, username, name, email, emailVerified }) => ({
      id,
      username,
      global_name: name,
      email,
      verified: emailVerified,
    })),
    guilds: [{ ...discordGuild, botClientIds: Object.values(discordClientIds), members: [] }],
  }
}

/** Discord's OAuth and the part of its API that the apps use. */
export function discordPart({
  ports,
  secrets,
  hosts,
  folder,
  logFile,
}: {
  ports: StackPorts
  secrets: StackSecrets
  hosts?: SiteHosts
  folder: string
  logFile: string
}): PartDefinition {
  return {
    name: 'discord',
    async start(guard) {
      const seedFile = join(folder, 'discord-seed.json')
      writePrivateJson(seedFile, discordSeed(ports, secrets, hosts))
      const url = serviceUrl(ports, 'discord')
      const process_ = await startHttpPart({
        guard,
        name: 'discord',
        command: {
          command: nodeProgram(),
          args: [
            join(repositoryRoot, 'sandbox', 'discord', 'src', 'main.ts'),
            '--port',
            String(ports.discord),
            '--seed',
            seedFile,
          ],
          cwd: folder,
          env: childEnvironment(),
          logFile,
        },
        readyUrl: url,
        isReady: (status) => status === 200,
      })
      return { kind: 'Discord stand-in', version: '', url, process: process_ }
    },
  }
}
