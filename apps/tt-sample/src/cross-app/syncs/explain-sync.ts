import type {SyncExplanation} from '../ui/sync-explanation'
import {OVERDUE_AFTER_MS} from './list-syncs'
import type {SyncRow} from './sync-row'

export type SyncToExplain = Pick<
  SyncRow,
  | 'status'
  | 'desiredState'
  | 'reason'
  | 'revision'
  | 'ackedRevision'
  | 'refusedRevision'
  | 'errorMessage'
  | 'ownerProven'
  | 'mirrorStatus'
  | 'frozenAt'
  | 'holdReason'
  | 'dueSince'
>

/**
 * What a supporter is told about a sync, in words that need no knowledge of revisions. The buyer's words are another
 * matter (`describe-sync`); what is asked of engineers stands in the runbook.
 *
 * @param linked the owner's accounts are linked now
 */
export function explainSync(
  sync: SyncToExplain,
  {linked, now}: {linked: boolean; now: Date},
): SyncExplanation {
  if (sync.frozenAt !== null) return frozen()
  const acknowledged = sync.ackedRevision >= sync.revision
  if (!acknowledged && sync.status === 'failed') {
    return sync.refusedRevision === sync.revision ? refused(sync.errorMessage) : unanswered(sync)
  }
  if (!acknowledged) return underWay(sync, now)
  if (sync.desiredState === 'revoked') return revoked(sync)
  if (sync.desiredState === 'suspended') return suspended(sync)
  return sync.mirrorStatus === 'active' ? open() : waiting(sync, linked)
}

function frozen(): SyncExplanation {
  return {
    tone: 'problem',
    label: 'Stopped: AI Hero knows more',
    detail:
      'AI Hero has a later state of this purchase than our database, which happens when a database was restored from a backup. Nothing is sent until refunds and disputes have been read anew from Stripe.',
    next: 'The next sweep does that by itself within a minute. If it stays like this, press Retry; if Retry says that Stripe can’t be asked, tell an engineer.',
  }
}

function refused(error: string | null): SyncExplanation {
  if ((error ?? '').indexOf('unknown-product') === 0) {
    return {
      tone: 'problem',
      label: 'Refused: unknown course',
      detail: 'AI Hero does not know this course, so it can’t open it. It is not sent again by itself.',
      next: 'Have the course created, or its id corrected, in AI Hero’s catalogue. Then press Retry.',
    }
  }
  return {
    tone: 'problem',
    label: 'Refused by AI Hero',
    detail: `AI Hero refuses this for good: “${error ?? 'without a reason'}”. It is not sent again by itself.`,
    next: 'Correct what AI Hero names, then press Retry. If it says nothing you can correct, tell an engineer.',
  }
}

function unanswered({errorMessage}: SyncToExplain): SyncExplanation {
  return {
    tone: 'problem',
    label: 'AI Hero does not answer',
    detail: `It has been sent again and again without an answer${errorMessage === null ? '' : ` (${errorMessage})`}. It goes on trying every quarter of an hour.`,
    next: 'Nothing is lost. See whether AI Hero is up; as soon as it is, press Retry to skip the wait.',
  }
}

function underWay({dueSince, desiredState}: SyncToExplain, now: Date): SyncExplanation {
  const what = desiredState === 'granted' ? 'open' : 'close'
  const waitsMs = dueSince === null ? 0 : now.getTime() - dueSince.getTime()
  if (waitsMs < OVERDUE_AFTER_MS) {
    return {
      tone: 'waiting',
      label: 'On its way',
      detail: `AI Hero has been asked to ${what} the course and has not confirmed it yet. This usually takes seconds.`,
      next: null,
    }
  }
  return {
    tone: 'problem',
    label: 'Takes too long',
    detail: `AI Hero was asked to ${what} the course more than a quarter of an hour ago and has not confirmed it. It is sent again by itself.`,
    next: 'See whether AI Hero is up. When it is, press Retry to skip the wait.',
  }
}

function revoked({reason}: SyncToExplain): SyncExplanation {
  return {
    tone: 'closed',
    label: reason === 'dispute' ? 'Closed: dispute lost' : 'Closed: refunded',
    detail:
      reason === 'dispute'
        ? 'The bank took the payment back, and AI Hero has confirmed that the course is closed.'
        : 'All of it was refunded, and AI Hero has confirmed that the course is closed.',
    next: null,
  }
}

function suspended({reason, holdReason}: SyncToExplain): SyncExplanation {
  if (reason === 'hold') {
    return {
      tone: 'closed',
      label: 'On hold',
      detail: `Support closed this course, and AI Hero has confirmed it. Reason: “${holdReason ?? 'the purchase of the team is on hold'}”.`,
      next: 'Press Release when the reason is gone. The course opens again by itself.',
    }
  }
  return {
    tone: 'closed',
    label: 'Closed while disputed',
    detail:
      'The buyer’s bank is looking into the payment, and AI Hero has confirmed that the course is closed.',
    next: 'Answer the dispute in Stripe. Won, the course opens again by itself; lost, it stays closed.',
  }
}

function open(): SyncExplanation {
  return {tone: 'fine', label: 'Open', detail: 'AI Hero has opened the course for its owner.', next: null}
}

function waiting({ownerProven}: SyncToExplain, linked: boolean): SyncExplanation {
  if (!ownerProven) {
    return {
      tone: 'waiting',
      label: 'Address not confirmed',
      detail: 'Bought without signing in. Nothing opens before the buyer has confirmed the address.',
      next: 'Ask the buyer to follow the link in the receipt, or to sign in with an email link to the address they paid with.',
    }
  }
  if (linked) {
    return {
      tone: 'waiting',
      label: 'Reserved, being claimed',
      detail: 'The buyer’s accounts are linked. AI Hero is handing over what waited for that.',
      next: 'This takes seconds. If it stays like this, press Retry.',
    }
  }
  return {
    tone: 'waiting',
    label: 'Reserved, not claimed',
    detail: 'AI Hero keeps the course for the buyer, whose accounts are not linked.',
    next: 'Ask the buyer to press “Link your AI Hero account” on their account page here.',
  }
}
