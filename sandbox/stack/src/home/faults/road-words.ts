import type { RoadName } from '../../roads/road-names.ts'

/** Each road in plain words: from where to where, and what goes along it. */
export const ROAD_WORDS: Record<RoadName, { name: string; carries: string }> = {
  stripeToTt: { name: 'Stripe → Total TypeScript', carries: 'webhooks' },
  ttToAhInngest: { name: 'Total TypeScript → AI Hero’s Inngest', carries: 'events' },
  ahToTtInngest: { name: 'AI Hero → Total TypeScript’s Inngest', carries: 'answers' },
  ttToAhApi: { name: 'Total TypeScript → AI Hero’s read API', carries: 'the pull' },
  ahToTtApi: { name: 'AI Hero → Total TypeScript’s read API', carries: 'timelines' },
  ttToMail: { name: 'Total TypeScript → mail', carries: 'receipts, sign-in links' },
  ahToMail: { name: 'AI Hero → mail', carries: 'access mails, sign-in links' },
  stripeToAh: { name: 'Stripe → AI Hero', carries: 'webhooks of its own sales' },
}
