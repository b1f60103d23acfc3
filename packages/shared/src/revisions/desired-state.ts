/** What a purchase entitles its owner to, right now. Stored on TT's sync, mirrored on AH's grant. */
export type DesiredState = {
  state: 'granted' | 'suspended' | 'revoked'
  ownerUserId: string
  /** Normalised (email-address.ts). */
  ownerEmail: string
  ownerProven: boolean
  /** ISO country of a purchasing-power price, or null. */
  restriction: string | null
}

/** Why access stops; the wire's `entitlement/revoke.reason`. */
export type StopReason = 'refund' | 'dispute' | 'hold'

/** Everything known about a purchase that decides what it entitles to. Amounts are integer minor units. */
export type PurchaseFacts = {
  owner: { userId: string; email: string; proven: boolean }
  restriction: string | null
  /** What was paid; 0 for a fully discounted purchase, which no refund can revoke. */
  amountPaid: number
  /** One per Stripe refund, at its furthest status. */
  refunds: { id: string; amount: number; status: string }[]
  /** One per Stripe dispute, at its furthest status. */
  disputes: { id: string; status: string }[]
  /** Set and released by support. */
  held: boolean
  /** For a team seat: what the team's own purchase entitles to. */
  parent: { state: DesiredState['state']; reason: StopReason | null } | null
}

export type Verdict = { desired: DesiredState; reason: StopReason | null }

const REFUND_WITHOUT_EFFECT = ['failed', 'canceled']
/** An inquiry asks a question; it moves no money. `prevented` ended before it became a dispute. */
const DISPUTE_WITHOUT_EFFECT = ['won', 'prevented']

/**
 * The one pure function from facts to desired state. Any fact that revokes outranks any that restores: a refunded
 * purchase stays revoked when its dispute is won (cases 17–19).
 */
export function desiredState(facts: PurchaseFacts): Verdict {
  const { state, reason } = worst(facts)
  return {
    desired: {
      state,
      ownerUserId: facts.owner.userId,
      ownerEmail: facts.owner.email,
      ownerProven: facts.owner.proven,
      restriction: facts.restriction,
    },
    reason,
  }
}

function worst(facts: PurchaseFacts): { state: DesiredState['state']; reason: StopReason | null } {
  if (isRefunded(facts)) return { state: 'revoked', reason: 'refund' }
  if (facts.disputes.some((dispute) => dispute.status === 'lost')) {
    return { state: 'revoked', reason: 'dispute' }
  }
  if (facts.parent?.state === 'revoked') return { state: 'revoked', reason: facts.parent.reason ?? 'refund' }
  if (facts.disputes.some((dispute) => isOpen(dispute.status))) {
    return { state: 'suspended', reason: 'dispute' }
  }
  if (facts.held) return { state: 'suspended', reason: 'hold' }
  if (facts.parent?.state === 'suspended')
    return { state: 'suspended', reason: facts.parent.reason ?? 'hold' }
  return { state: 'granted', reason: null }
}

/** Refunded = something was paid, and the refunds that hold sum to at least that. */
function isRefunded(facts: PurchaseFacts): boolean {
  if (facts.amountPaid <= 0) return false
  let refunded = 0
  facts.refunds.forEach((refund) => {
    if (REFUND_WITHOUT_EFFECT.indexOf(refund.status) === -1) refunded += refund.amount
  })
  return refunded >= facts.amountPaid
}

function isOpen(status: string): boolean {
  return (
    status !== 'lost' && DISPUTE_WITHOUT_EFFECT.indexOf(status) === -1 && status.indexOf('warning_') !== 0
  )
}

/** Owner included: two states are the same only when access would go to the same person in the same way. */
export function sameDesiredState(left: DesiredState, right: DesiredState): boolean {
  return (
    left.state === right.state &&
    left.ownerUserId === right.ownerUserId &&
    left.ownerEmail === right.ownerEmail &&
    left.ownerProven === right.ownerProven &&
    left.restriction === right.restriction
  )
}
