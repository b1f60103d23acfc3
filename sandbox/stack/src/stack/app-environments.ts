import { type AppKey, appEnvironment, type RouteThrough } from '../app-environment.ts'
import { dockerServeHost } from '../docker/compose-inngest-part.ts'
import type { StackOverrides } from '../overrides.ts'
import type { PickedForApp, PickedParts } from '../picking/picked-parts.ts'
import type { EnvironmentChanges } from '../picking/picked-service.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import type { SiteHosts } from '../site-hosts.ts'
import type { AppEnvironments } from './app-environments-file.ts'

function changed(variables: Record<string, string>, changes: EnvironmentChanges): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...variables, ...changes })) {
    if (value !== undefined) result[name] = value
  }
  return result
}

/** The address of an app's database, with its password. */
function databaseUrl(
  app: AppKey,
  { mysql }: PickedForApp,
  ports: StackPorts,
  secrets: StackSecrets,
  overrides: StackOverrides,
): string {
  const own = `mysql://${app}:${secrets.mysqlPassword[app]}@127.0.0.1:${ports[`mysql-${app}`]}/${app}`
  // A database that this stack doesn't run may still be the one that was given.
  if (mysql === undefined) return overrides.databaseUrl[app] ?? own
  return mysql.source.kind === 'url' ? mysql.source.url : own
}

/** All variables of both apps: the stack's own, what picked services change in them, and what the caller adds. */
export async function appEnvironments({
  stackName,
  ports,
  secrets,
  hosts,
  routes,
  overrides,
  picked,
  added = {},
}: {
  stackName: string
  ports: StackPorts
  secrets: StackSecrets
  hosts: SiteHosts
  routes: RouteThrough
  overrides: StackOverrides
  picked: PickedParts
  added?: Partial<Record<AppKey, Record<string, string>>>
}): Promise<AppEnvironments> {
  const of = async (app: AppKey) => {
    const { stripe, github, discord, mail } = picked[app]
    const variables = appEnvironment({
      app,
      stackName,
      ports,
      secrets,
      databaseUrl: databaseUrl(app, picked[app], ports, secrets, overrides),
      hosts,
      routes,
    })
    const isInDocker = picked[app].inngest?.source.kind === 'docker'
    const changes = {
      // A server in a container calls this machine by another name.
      ...(isInDocker ? { INNGEST_SERVE_HOST: await dockerServeHost({ app, ports }) } : {}),
      ...stripe.environment,
      ...github.environment,
      ...discord.environment,
      ...mail.environment,
    }
    return { ...changed(variables, changes), ...added[app] }
  }
  const [tt, ah] = await Promise.all([of('tt'), of('ah')])
  return { tt, ah }
}
