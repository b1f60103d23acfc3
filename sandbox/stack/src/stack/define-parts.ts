import { join } from 'node:path'
import { type AppKey, appPaths, type RouteThrough, serviceUrl } from '../app-environment.ts'
import { composeInngestPart } from '../docker/compose-inngest-part.ts'
import { composeMysqlPart } from '../docker/compose-mysql-part.ts'
import { appPart } from '../parts/app-part.ts'
import { discordPart } from '../parts/discord-part.ts'
import { githubPart, inboxPart } from '../parts/emulate-parts.ts'
import { inngestPart } from '../parts/inngest-part.ts'
import { givenMysqlPart, privateMysqlPart } from '../parts/mysql-part.ts'
import type { PartDefinition } from '../parts/part.ts'
import { stripePart } from '../parts/stripe-part.ts'
import type { PickedParts } from '../picking/picked-parts.ts'
import { type PartName, partNames, type StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import type { SiteHosts } from '../site-hosts.ts'
import { stripeListenPart } from '../stripe-test-mode/stripe-listen-part.ts'
import type { AppEnvironments } from './app-environments-file.ts'

/** How to start each part of a stack, in the order of `partNames`. */
export function defineParts({
  needed,
  picked,
  stackName,
  apps,
  ports,
  secrets,
  hosts,
  routes,
  environments,
  folder,
  logFile,
  onWorking,
}: {
  needed: ReadonlySet<PartName>
  picked: PickedParts
  stackName: string
  apps: 'dev' | 'start' | 'none'
  ports: StackPorts
  secrets: StackSecrets
  hosts: SiteHosts
  routes: RouteThrough
  environments: AppEnvironments
  /** The stack's own. */
  folder: string
  logFile: (step: string) => string
  /** Is told what takes long. */
  onWorking: (step: string, detail: string) => void
}): Map<PartName, PartDefinition> {
  const mysql = (app: AppKey): PartDefinition | undefined => {
    const source = picked[app].mysql?.source
    const name = `mysql-${app}` as const
    const own = { app, port: ports[name], password: secrets.mysqlPassword[app], logFile: logFile(name) }
    switch (source?.kind) {
      case 'url':
        return givenMysqlPart({ app, url: source.url })
      case 'program':
        return privateMysqlPart({ ...own, program: source.program, folder: join(folder, name) })
      case 'docker':
        return composeMysqlPart({ ...own, stackName, onWorking: (detail) => onWorking(name, detail) })
      default:
        return undefined
    }
  }
  const inngest = (app: AppKey): PartDefinition | undefined => {
    const source = picked[app].inngest?.source
    if (source === undefined) return undefined
    const name = `inngest-${app}` as const
    const own = { app, ports, secrets, logFile: logFile(name) }
    if (source.kind === 'docker') {
      return composeInngestPart({
        ...own,
        stackName,
        redis: false,
        onWorking: (detail) => onWorking(name, detail),
      })
    }
    return inngestPart({
      ...own,
      program: source.kind === 'program' ? source.program : undefined,
      version: picked[app].inngest?.pick.version ?? '',
      folder: join(folder, name),
    })
  }
  const listen = (app: AppKey): PartDefinition => {
    const webhooks = (app === 'tt' ? routes.stripeToTt : routes.stripeToAh) ?? serviceUrl(ports, app)
    return stripeListenPart({
      app,
      secretKey: environments[app].STRIPE_SECRET_KEY ?? '',
      webhookUrl: webhooks + appPaths.stripeWebhook,
      logFile: logFile(`stripe-listen-${app}`),
    })
  }
  const appServer = (app: AppKey): PartDefinition | undefined =>
    apps === 'none'
      ? undefined
      : appPart({
          app,
          mode: apps,
          stackName,
          ports,
          hosts,
          environment: environments[app],
          logFile: logFile(app),
        })
  const define: Record<PartName, () => PartDefinition | undefined> = {
    'mysql-tt': () => mysql('tt'),
    'mysql-ah': () => mysql('ah'),
    'inngest-tt': () => inngest('tt'),
    'inngest-ah': () => inngest('ah'),
    stripe: () =>
      stripePart({
        ports,
        secrets,
        folder: join(folder, 'stripe'),
        logFile: logFile('stripe'),
        routes,
      }),
    github: () => githubPart({ ports, secrets, hosts, folder, logFile: logFile('github') }),
    inbox: () => inboxPart({ ports, folder, logFile: logFile('inbox') }),
    discord: () => discordPart({ ports, secrets, hosts, folder, logFile: logFile('discord') }),
    'stripe-listen-tt': () => listen('tt'),
    'stripe-listen-ah': () => listen('ah'),
    tt: () => appServer('tt'),
    ah: () => appServer('ah'),
  }
  const definitions = new Map<PartName, PartDefinition>()
  for (const name of partNames) {
    const definition = needed.has(name) ? define[name]() : undefined
    if (definition !== undefined) definitions.set(name, definition)
  }
  return definitions
}
