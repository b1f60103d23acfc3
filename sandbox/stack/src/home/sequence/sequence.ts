/** Who takes part, from left to right. */
export const LANES = ['stripe', 'tt', 'ah'] as const
export type Lane = (typeof LANES)[number]

export const LANE_NAMES: Record<Lane, string> = { stripe: 'Stripe', tt: 'Total TypeScript', ah: 'AI Hero' }

/** How a step is to be taken. */
export type Tone =
  | 'plain'
  /** What a buyer notices: a course opens. */
  | 'good'
  /** No trace of it on the other side yet. */
  | 'waiting'
  /** Another one came instead: this one was lost, or its work was done already. */
  | 'lost'
  /** Came again, and changed nothing. */
  | 'repeat'
  /** Access ends. */
  | 'ended'
  /** For a person to look at. */
  | 'alert'

/** One line of the diagram. */
export interface SequenceStep {
  /** The same at every reading: the id of the row it comes from. */
  key: string
  /** Milliseconds since the purchase's first event. */
  atMs: number
  from: Lane
  /** Undefined: it happens where it is, nothing is sent. */
  to: Lane | undefined
  title: string
  detail: string
  tone: Tone
  /** How long a message was under way, in milliseconds; undefined where one of its ends is not known. */
  tookMs: number | undefined
}

export type SequenceState = 'settled' | 'waiting' | 'attention' | 'nothing-to-sync'

/** One purchase from Stripe's event to the last answer. */
export interface Sequence {
  purchaseId: string
  /** Whether the purchase itself is among the rows, not only what became of it. */
  complete: boolean
  /** What was bought, for people. */
  what: string
  /** Who bought it, without an address; empty where it is not told. */
  buyer: string
  /** The purchase's first event, in milliseconds since 1970. */
  startedAt: number
  /** The last thing that happened. */
  lastAt: number
  steps: SequenceStep[]
  state: SequenceState
  /** The state in one sentence. */
  says: string
  /** By how much AI Hero's times were moved to agree with the other side's, in milliseconds. */
  correctedMs: number
}
