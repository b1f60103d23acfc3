import type { AppKey } from '../app-environment.ts'
import type { InngestSource } from '../inngest/pick-inngest.ts'
import type { MysqlSource } from '../mysql/pick-mysql.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { Picked } from './first-that-works.ts'
import type { InngestChoice, MysqlChoice, Pick, Picks, ServiceChoice, StripeChoice } from './pick.ts'
import type { PickedService } from './picked-service.ts'

/** The services outside, of one app. */
export interface PickedServices {
  stripe: PickedService<StripeChoice> & {
    /** Whether the Stripe CLI has to bring the webhooks. */
    listen: boolean
    dashboardUrl?: string
  }
  github: PickedService<ServiceChoice>
  discord: PickedService<ServiceChoice>
  mail: PickedService<ServiceChoice>
}

/** What was picked for one app; undefined for a part that this stack doesn't have. */
export interface PickedForApp extends PickedServices {
  mysql: Picked<MysqlChoice, MysqlSource> | undefined
  inngest: Picked<InngestChoice, InngestSource> | undefined
}

export type PickedParts = Record<AppKey, PickedForApp>

const APPS = ['tt', 'ah'] as const

/** The parts that stand in for a service: needed as long as one app uses it. */
const STAND_INS = { stripe: 'stripe', github: 'github', discord: 'discord', inbox: 'mail' } as const

function isStandIn(choice: string): boolean {
  return choice === 'sandbox' || choice === 'stand-in'
}

/** The parts of a stack after picking: without stand-ins that nobody uses, with the Stripe CLI where it is needed. */
export function neededParts(wanted: ReadonlySet<PartName>, picked: PickedParts): Set<PartName> {
  const needed = new Set(wanted)
  for (const [part, service] of Object.entries(STAND_INS) as [keyof typeof STAND_INS, 'stripe' | 'mail'][]) {
    if (!APPS.some((app) => isStandIn(picked[app][service].pick.choice))) needed.delete(part)
  }
  for (const app of APPS) if (!picked[app].stripe.listen) needed.delete(`stripe-listen-${app}`)
  return needed
}

/** Why a part is what it is; undefined for the apps, where nothing is to be picked. */
export function pickOfPart(part: PartName, picks: Partial<Picks>): Pick | undefined {
  const standIn = (one: Pick | undefined, other: Pick | undefined) =>
    one !== undefined && isStandIn(one.choice) ? one : (other ?? one)
  switch (part) {
    case 'mysql-tt':
      return picks.mysqlTt
    case 'mysql-ah':
      return picks.mysqlAh
    case 'inngest-tt':
      return picks.inngestTt
    case 'inngest-ah':
      return picks.inngestAh
    case 'stripe-listen-tt':
      return picks.stripeTt
    case 'stripe-listen-ah':
      return picks.stripeAh
    case 'stripe':
      return standIn(picks.stripeTt, picks.stripeAh)
    case 'github':
      return standIn(picks.githubTt, picks.githubAh)
    case 'discord':
      return standIn(picks.discordTt, picks.discordAh)
    case 'inbox':
      return standIn(picks.mailTt, picks.mailAh)
    default:
      return undefined
  }
}

/** The picks of the parts that were wanted. */
export function picksOf(wanted: ReadonlySet<PartName>, { tt, ah }: PickedParts): Partial<Picks> {
  return {
    ...(tt.mysql && { mysqlTt: tt.mysql.pick }),
    ...(ah.mysql && { mysqlAh: ah.mysql.pick }),
    ...(tt.inngest && { inngestTt: tt.inngest.pick }),
    ...(ah.inngest && { inngestAh: ah.inngest.pick }),
    ...(wanted.has('stripe') && { stripeTt: tt.stripe.pick, stripeAh: ah.stripe.pick }),
    ...(wanted.has('github') && { githubTt: tt.github.pick, githubAh: ah.github.pick }),
    ...(wanted.has('discord') && { discordTt: tt.discord.pick, discordAh: ah.discord.pick }),
    ...(wanted.has('inbox') && { mailTt: tt.mail.pick, mailAh: ah.mail.pick }),
  }
}
