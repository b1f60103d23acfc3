import {APP_NAMES, type AppId} from '@cross-app/shared'
import type {SyncStatus, SyncView} from '../ui/sync-view'
import type {SyncRow} from './sync-row'

/** From here on a buyer is told that it takes longer than it should. */
const DELAYED_AFTER_MS = 2 * 60_000

export interface SyncToDescribe {
  sync: Pick<
    SyncRow,
    | 'id'
    | 'purchaseId'
    | 'targetApp'
    | 'desiredState'
    | 'reason'
    | 'revision'
    | 'ackedRevision'
    | 'ownerProven'
    | 'status'
    | 'dueSince'
    | 'mirrorStatus'
  >
  productTitle: string
  /** Where the course opens, in full. */
  courseUrl: string
  /** The same as a path on the other app; where linking the accounts leads back to. */
  coursePath: string
  /** Since when the owner's accounts are linked; null while they are not. */
  linkedSince: Date | null
}

type Words = Pick<SyncView, 'phase' | 'label' | 'detail' | 'action'>

/**
 * What a buyer is told about one course that opens in another app. The only place that decides its wording; pages and
 * the status endpoint lay it out.
 */
export function describeSync(input: SyncToDescribe, now: Date): SyncView {
  const {sync, productTitle} = input
  const acknowledged = sync.ackedRevision >= sync.revision
  const words = wordsFor(input, acknowledged, now)
  const underWay = words.phase === 'sending' || words.phase === 'delayed'
  return {
    id: sync.id,
    targetApp: APP_NAMES[sync.targetApp as AppId] ?? sync.targetApp,
    productTitle,
    ...words,
    settled: sync.status === 'failed' || (acknowledged && !underWay),
  }
}

function wordsFor(input: SyncToDescribe, acknowledged: boolean, now: Date): Words {
  const {sync} = input
  if (sync.desiredState === 'revoked') return ended(sync.reason, input.productTitle)
  if (sync.desiredState === 'suspended') return suspended(sync.reason, sync.purchaseId)
  if (!acknowledged && sync.status === 'failed') return failed(sync.purchaseId)
  if (!sync.ownerProven) return unconfirmed()
  if (!acknowledged) return onItsWay(sync.dueSince, now)
  if (sync.mirrorStatus === 'active') return ready(input)
  // The link claims what waited for it; that answer is under way.
  if (input.linkedSince !== null) return onItsWay(input.linkedSince, now)
  return unclaimed(input.coursePath)
}

function ended(reason: string, productTitle: string): Words {
  const because = reason === 'refund' ? 'Your purchase was refunded' : 'Your bank took the payment back'
  return {
    phase: 'refunded',
    label: reason === 'refund' ? 'Refunded' : 'Ended',
    detail: `${because}, so ${productTitle} is closed.`,
    action: null,
  }
}

function suspended(reason: string, purchaseId: string): Words {
  return {
    phase: 'suspended',
    label: 'On hold',
    detail:
      reason === 'dispute'
        ? 'Your bank is looking into the payment. The course opens again when that is settled in your favour.'
        : `Our support has put this purchase on hold. Write to support and quote purchase ${purchaseId}.`,
    action: null,
  }
}

function failed(purchaseId: string): Words {
  return {
    phase: 'failed',
    label: 'Needs our help',
    detail: `We could not open this course, and our support has been told. If you write to us, quote purchase ${purchaseId}.`,
    action: null,
  }
}

function unconfirmed(): Words {
  return {
    phase: 'waiting-for-you',
    label: 'Confirm your email',
    detail:
      'You bought without signing in. Open the link in the receipt we mailed to the address you paid with, and the course opens.',
    action: {label: 'Mail me another link', href: '/sign-in?callbackUrl=%2Faccount'},
  }
}

function onItsWay(dueSince: Date | null, now: Date): Words {
  const waiting = dueSince === null ? 0 : now.getTime() - dueSince.getTime()
  if (waiting < DELAYED_AFTER_MS) {
    return {phase: 'sending', label: 'Opening…', detail: 'This usually takes a few seconds.', action: null}
  }
  return {
    phase: 'delayed',
    label: 'Taking longer',
    detail:
      'AI Hero has not answered yet. We keep trying, and the course opens by itself. You don’t have to stay here.',
    action: null,
  }
}

function ready({courseUrl}: SyncToDescribe): Words {
  return {
    phase: 'ready',
    label: 'Ready',
    detail: 'The course is open in your AI Hero account.',
    action: {label: 'Start the course', href: courseUrl},
  }
}

function unclaimed(coursePath: string): Words {
  return {
    phase: 'waiting-for-you',
    label: 'Waiting for you',
    detail: 'The course is reserved for you. It opens when your AI Hero account is linked with this one.',
    action: {
      label: 'Link your AI Hero account',
      href: '/api/account-link/initiate',
      post: {returnTo: coursePath},
    },
  }
}

/** What is said above a list of courses: for one checkout, or for all of a person's purchases. */
export function describeSyncs(syncs: SyncView[]): SyncStatus {
  const settled = syncs.every((sync) => sync.settled)
  const headline = headlineFor(syncs)
  return {state: 'recorded', headline, announcement: `${headline}.`, settled, syncs}
}

function headlineFor(syncs: SyncView[]): string {
  const has = (phase: SyncView['phase']) => syncs.some((sync) => sync.phase === phase)
  if (syncs.length === 0) return 'Your purchase is complete'
  if (has('failed')) return 'A course needs our help'
  if (has('delayed')) return 'AI Hero is taking longer than usual'
  if (has('sending')) return 'Opening your AI Hero courses'
  if (has('suspended')) return 'A purchase is on hold'
  if (has('waiting-for-you')) return 'Your AI Hero courses are waiting for you'
  if (syncs.every((sync) => sync.phase === 'refunded')) return 'Your AI Hero courses are closed'
  return 'Everything is ready'
}

/** The checkout exists, and the payment has not been reported to us yet. */
export function describeWaitingForPayment(): SyncStatus {
  const headline = 'Waiting for Stripe to confirm your payment'
  return {state: 'waiting-for-payment', headline, announcement: `${headline}.`, settled: false, syncs: []}
}

/** There is no such checkout. */
export function describeUnknownCheckout(): SyncStatus {
  const headline = 'We don’t know this checkout'
  return {state: 'unknown', headline, announcement: `${headline}.`, settled: true, syncs: []}
}
