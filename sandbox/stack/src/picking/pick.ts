/** What can stand behind each part, best first: the order in which they are tried (ADR 11). */
export const mysqlChoices = ['url', 'installed', 'docker', 'package'] as const
export const inngestChoices = ['binary', 'installed', 'docker', 'real', 'embedded'] as const
export const stripeChoices = ['test-mode', 'sandbox'] as const
export type MysqlChoice = (typeof mysqlChoices)[number]
export type InngestChoice = (typeof inngestChoices)[number]
export type StripeChoice = (typeof stripeChoices)[number]
/** For GitHub, Discord and mail. */
export type ServiceChoice = 'real' | 'stand-in'

/** A choice that comes before the one that was taken, and why it was not. */
export interface PassedOver<Choice extends string = string> {
  choice: Choice
  /** One short sentence, for people. */
  reason: string
}

/** Why a part is what it is: for the banner, `stack.json`, the home page and `doctor`. */
export interface Pick<Choice extends string = string> {
  /** As the flag names it. */
  choice: Choice
  /** For people: `MariaDB 10.11.19, installed`, `Inngest stand-in`. */
  what: string
  /** Empty when it has none, or none that can be known before it runs. */
  version: string
  /** True when a flag or a variable asked for it. */
  forced: boolean
  /** The earlier choices, in order. */
  passedOver: PassedOver<Choice>[]
}

/** What was picked for each part of each app. */
export type Picks = {
  mysqlTt: Pick<MysqlChoice>
  mysqlAh: Pick<MysqlChoice>
  inngestTt: Pick<InngestChoice>
  inngestAh: Pick<InngestChoice>
  stripeTt: Pick<StripeChoice>
  stripeAh: Pick<StripeChoice>
  githubTt: Pick<ServiceChoice>
  githubAh: Pick<ServiceChoice>
  discordTt: Pick<ServiceChoice>
  discordAh: Pick<ServiceChoice>
  mailTt: Pick<ServiceChoice>
  mailAh: Pick<ServiceChoice>
}

/** What a person asks for; undefined: the first that works. The first three are flags, the rest is for programs. */
export interface ForcedChoices {
  mysql?: MysqlChoice
  inngest?: InngestChoice
  stripe?: StripeChoice
  github?: ServiceChoice
  discord?: ServiceChoice
  mail?: ServiceChoice
}
