/** One refund or dispute of a charge, as Stripe shows it. Amount in integer minor units. */
export interface ChargeFactInput {
  /** Stripe's id of the refund or dispute. */
  id: string
  kind: 'refund' | 'dispute'
  chargeId: string
  amount: number
  status: string
}

/** Later in the list = further along. A refund that succeeded can still fail; an inquiry can become a dispute. */
const REFUND_ORDER = ['pending', 'requires_action', 'succeeded', 'canceled', 'failed']
/** Where the bank's answer differs between two events, the one that takes access away stands. */
const DISPUTE_ORDER = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'prevented',
  'won',
  'lost',
]

/**
 * Whether `next` is further along than `current`. Events arrive in any order, so a fact only ever moves forward. A
 * status that we don't know yet ranks behind none: the newest word on it stands.
 */
export function isFurther(kind: ChargeFactInput['kind'], current: string, next: string): boolean {
  if (current === next) return false
  const order = kind === 'refund' ? REFUND_ORDER : DISPUTE_ORDER
  const nextRank = order.indexOf(next)
  return nextRank === -1 || nextRank > order.indexOf(current)
}
