import type { RoadFault } from './read-road-fault.ts'

/** Ready-made accidents: one button each. */
export const PRESETS: readonly (RoadFault & { key: string; says: string })[] = [
  {
    key: 'events-lost',
    says: 'Lose Total TypeScript’s events',
    road: 'ttToAhInngest',
    fault: { kind: 'drop' },
  },
  {
    key: 'answers-lost',
    says: 'Lose AI Hero’s answers',
    road: 'ahToTtInngest',
    fault: { kind: 'drop' },
  },
  {
    key: 'webhooks-twice',
    says: 'Deliver every webhook twice',
    road: 'stripeToTt',
    fault: { kind: 'duplicate' },
  },
  {
    key: 'events-late',
    says: 'Make events 3 s late',
    road: 'ttToAhInngest',
    fault: { kind: 'delay', delayMs: 3_000 },
  },
]
