/**
 * Every road between two parts on which a fault can be put, by its name: the same in code, in the control API and on the
 * home page.
 */
export const ROAD_NAMES = [
  /** Stripe's webhooks to Total TypeScript. */
  'stripeToTt',
  /** Total TypeScript's cross-app events to AI Hero's Inngest. */
  'ttToAhInngest',
  /** AI Hero's cross-app events to Total TypeScript's Inngest. */
  'ahToTtInngest',
  /** Total TypeScript reads AI Hero's changes and timeline. */
  'ttToAhApi',
  /** AI Hero reads Total TypeScript's timeline. */
  'ahToTtApi',
  /** Total TypeScript's mails to their provider. */
  'ttToMail',
  /** AI Hero's mails to their provider. */
  'ahToMail',
  /** Stripe's webhooks to AI Hero, which sells courses of its own. */
  'stripeToAh',
] as const

export type RoadName = (typeof ROAD_NAMES)[number]
