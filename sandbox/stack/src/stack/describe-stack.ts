import { type AppKey, browserUrl, serviceUrl } from '../app-environment.ts'
import type { Pick, Picks } from '../picking/pick.ts'
import { type PickedParts, pickOfPart, picksOf } from '../picking/picked-parts.ts'
import type { PartName, StackPorts } from '../ports/ports-of.ts'
import type { StackSecrets } from '../secrets.ts'
import type { SiteHosts } from '../site-hosts.ts'
import type { StackInfo } from '../stack-info.ts'
import type { AppEnvironments } from './app-environments-file.ts'
import type { PartRecord } from './run-parts.ts'

/** Where a person looks when both apps use the real service. */
const OUTSIDE = {
  stripe: 'https://dashboard.stripe.com/test',
  github: 'https://github.com',
  discord: 'https://discord.com',
  inbox: 'https://resend.com/emails',
} as const

/** The picks with what only the start could tell: the version of a database server that was given or fetched. */
export function completedPicks(
  picks: Partial<Picks>,
  records: ReadonlyMap<PartName, PartRecord>,
): Partial<Picks> {
  const completed: Partial<Picks> = { ...picks }
  const complete = <Choice extends string>(pick: Pick<Choice>, part: PartName): Pick<Choice> => {
    const started = records.get(part)?.part
    if (pick.version !== '' || started === undefined || started.what === undefined) return pick
    return { ...pick, what: started.what, version: started.version }
  }
  if (picks.mysqlTt) completed.mysqlTt = complete(picks.mysqlTt, 'mysql-tt')
  if (picks.mysqlAh) completed.mysqlAh = complete(picks.mysqlAh, 'mysql-ah')
  if (picks.inngestTt) completed.inngestTt = complete(picks.inngestTt, 'inngest-tt')
  if (picks.inngestAh) completed.inngestAh = complete(picks.inngestAh, 'inngest-ah')
  return completed
}

/** One word or two for both apps; each by name where they differ. */
function inAWord(tt: string | undefined, ah: string | undefined): string {
  if (tt === undefined || ah === undefined || tt === ah) return tt ?? ah ?? 'none'
  return `${tt} (Total TypeScript), ${ah} (AI Hero)`
}

function kindsOf(picks: Partial<Picks>): StackInfo['kinds'] {
  const mysql = (pick: Picks['mysqlTt'] | undefined) => (pick?.choice === 'url' ? 'given' : pick?.what)
  const inngest = (pick: Picks['inngestTt'] | undefined) =>
    pick === undefined || pick.choice === 'embedded' ? pick?.choice : `inngest-cli ${pick.version}`
  const stripe = (pick: Picks['stripeTt'] | undefined) =>
    pick?.choice === 'test-mode' ? 'test mode' : pick?.choice
  return {
    mysql: inAWord(mysql(picks.mysqlTt), mysql(picks.mysqlAh)),
    inngest: inAWord(inngest(picks.inngestTt), inngest(picks.inngestAh)),
    stripe: inAWord(stripe(picks.stripeTt), stripe(picks.stripeAh)),
  }
}

/** What `stack.json` says of a stack that is up. */
export function describeStack({
  name,
  apps,
  ports,
  hosts,
  secrets,
  wanted,
  picked,
  records,
  environments,
  homeUrl,
}: {
  name: string
  apps: 'dev' | 'start' | 'none'
  ports: StackPorts
  hosts: SiteHosts
  secrets: StackSecrets
  wanted: ReadonlySet<PartName>
  picked: PickedParts
  records: ReadonlyMap<PartName, PartRecord>
  environments: AppEnvironments
  homeUrl: string | undefined
}): StackInfo {
  const picks = completedPicks(picksOf(wanted, picked), records)
  const appInfo = (app: AppKey) => ({
    url: browserUrl(ports, app, hosts),
    databaseUrl: environments[app].DATABASE_URL ?? '',
    inngestUrl: serviceUrl(ports, `inngest-${app}`),
    eventKey: secrets.inngestEventKey[app],
    cronSecret: secrets.cronSecret[app],
  })
  const account = (app: AppKey) => ({
    secretKey: environments[app].STRIPE_SECRET_KEY ?? '',
    webhookSecret: environments[app].STRIPE_WEBHOOK_SECRET ?? '',
    ...(picked[app].stripe.dashboardUrl === undefined
      ? {}
      : { dashboardUrl: picked[app].stripe.dashboardUrl }),
  })
  const service = (part: keyof typeof OUTSIDE) => {
    const choice = pickOfPart(part, picks)?.choice
    const isOutside = choice === 'real' || choice === 'test-mode'
    return { url: isOutside ? OUTSIDE[part] : serviceUrl(ports, part) }
  }
  return {
    name,
    apps,
    tt: appInfo('tt'),
    ah: appInfo('ah'),
    stripe: { ...service('stripe'), tt: account('tt'), ah: account('ah') },
    inbox: service('inbox'),
    github: service('github'),
    discord: service('discord'),
    ...(homeUrl === undefined ? {} : { home: { url: homeUrl } }),
    parts: [...records.keys()],
    picks,
    kinds: kindsOf(picks),
  }
}
