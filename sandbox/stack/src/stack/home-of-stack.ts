import { browserUrl, serviceUrl } from '../app-environment.ts'
import type { HomePart, HomeStack } from '../home/home-stack.ts'
import { parseDatabaseUrl } from '../mysql/database-url.ts'
import { type PickedParts, pickOfPart, picksOf } from '../picking/picked-parts.ts'
import type { PartName, StackPorts } from '../ports/ports-of.ts'
import type { Roads } from '../roads/start-roads.ts'
import type { StackSecrets } from '../secrets.ts'
import type { SiteHosts } from '../site-hosts.ts'
import type { AppEnvironments } from './app-environments-file.ts'
import { completedPicks } from './describe-stack.ts'
import type { PartRunner } from './run-parts.ts'

/** An address without user and password. */
function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return ''
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** Variables whose values nobody should read in a log: of the stack's own making or given by a person. */
const SECRET_VARIABLE = /(SECRET|_KEY|PASSWORD|TOKEN)/

function secretsOf(secrets: StackSecrets, environments: AppEnvironments): string[] {
  const made = Object.values(secrets).flatMap((value: string | { tt: string; ah: string }) =>
    typeof value === 'string' ? [value] : Object.values(value),
  )
  const given = Object.values(environments).flatMap((environment) => [
    ...Object.entries(environment).flatMap(([name, value]) => (SECRET_VARIABLE.test(name) ? [value] : [])),
    parseDatabaseUrl(environment.DATABASE_URL ?? '')?.connection.password ?? '',
  ])
  return [...new Set([...made, ...given])].filter((secret) => secret !== '')
}

/** The stack as its home page sees it. */
export function homeOfStack({
  name,
  apps,
  ports,
  hosts,
  secrets,
  wanted,
  picked,
  runner,
  environments,
  roads,
  logFile,
}: {
  name: string
  apps: 'dev' | 'start' | 'none'
  ports: StackPorts
  hosts: SiteHosts
  secrets: StackSecrets
  wanted: ReadonlySet<PartName>
  picked: PickedParts
  runner: PartRunner
  environments: AppEnvironments
  roads: Roads | undefined
  logFile: (step: string) => string
}): HomeStack {
  const databaseUrls = { tt: environments.tt.DATABASE_URL ?? '', ah: environments.ah.DATABASE_URL ?? '' }
  /** Where a part will be, for as long as it hasn't started. */
  const addressOf = (part: PartName): string => {
    if (part === 'mysql-tt' || part === 'mysql-ah') {
      return withoutPassword(databaseUrls[part === 'mysql-tt' ? 'tt' : 'ah'])
    }
    if (part === 'stripe-listen-tt' || part === 'stripe-listen-ah') {
      return picked[part === 'stripe-listen-tt' ? 'tt' : 'ah'].stripe.dashboardUrl ?? ''
    }
    return part === 'tt' || part === 'ah' ? browserUrl(ports, part, hosts) : serviceUrl(ports, part)
  }
  return {
    name,
    apps,
    browserUrls: { tt: browserUrl(ports, 'tt', hosts), ah: browserUrl(ports, 'ah', hosts) },
    serviceUrls: { tt: serviceUrl(ports, 'tt'), ah: serviceUrl(ports, 'ah') },
    databaseUrls,
    parts() {
      const picks = completedPicks(picksOf(wanted, picked), runner.records)
      return [...runner.records].map(([part, { state, part: started, readyAt, startedInMs }]): HomePart => {
        const pick = pickOfPart(part, picks)
        const isGiven = pick?.choice === 'url'
        return {
          name: part,
          state,
          kind: started?.kind ?? pick?.what ?? `next ${apps}`,
          version: started?.version ?? pick?.version ?? '',
          url: started?.url ?? addressOf(part),
          pick,
          controllable: !isGiven,
          startedAt: readyAt,
          startedInMs,
          logFile: isGiven ? undefined : logFile(part),
        }
      })
    },
    stopPart: runner.stop,
    killPart: runner.kill,
    startPart: runner.start,
    pausePart: runner.pause,
    resumePart: runner.resume,
    roads,
    crossApp: {
      secret: secrets.crossAppSecret,
      environment: environments.tt.CROSS_APP_ENVIRONMENT ?? '',
    },
    secrets: () => secretsOf(secrets, environments),
  }
}
