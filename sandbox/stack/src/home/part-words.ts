import type { PartName } from '../ports/ports-of.ts'

/** What each part is, for people. */
export const PART_WORDS: Record<PartName, { name: string; about: string }> = {
  tt: { name: 'Total TypeScript', about: 'the app that sells the bundle' },
  ah: { name: 'AI Hero', about: 'the app that grants its courses' },
  'inngest-tt': { name: 'Inngest of Total TypeScript', about: 'its queue and its functions' },
  'inngest-ah': { name: 'Inngest of AI Hero', about: 'its queue and its functions' },
  'mysql-tt': { name: 'Database of Total TypeScript', about: 'purchases, syncs, outbox' },
  'mysql-ah': { name: 'Database of AI Hero', about: 'grants, entitlements, links' },
  stripe: { name: 'Stripe', about: 'checkout, webhooks, dashboard' },
  github: { name: 'GitHub', about: 'sign-in' },
  discord: { name: 'Discord', about: 'sign-in' },
  inbox: { name: 'Mail', about: 'every mail, in one inbox' },
  'stripe-listen-tt': { name: 'Stripe CLI for Total TypeScript', about: 'brings its webhooks here' },
  'stripe-listen-ah': { name: 'Stripe CLI for AI Hero', about: 'brings its webhooks here' },
}

/** The order on the page: what a person opens first, first. */
export const PART_ORDER: readonly PartName[] = [
  'tt',
  'ah',
  'inngest-tt',
  'inngest-ah',
  'mysql-tt',
  'mysql-ah',
  'stripe',
  'stripe-listen-tt',
  'stripe-listen-ah',
  'github',
  'discord',
  'inbox',
]
