import type {SyncFilter} from '../../cross-app'
import type {AlertExplanation} from '../../cross-app/ui/alert-explanation'
import type {LinkView} from '../../cross-app/ui/link-view'
import type {SyncExplanation} from '../../cross-app/ui/sync-explanation'
import type {RemoteTimeline, TimelineEntry} from '../../cross-app/ui/timeline-view'
import type {Money, PageLink, PurchaseState, SignInWay} from '../views'

/** What support's pages show, as plain JSON. */

export type SyncPeriod = 'any' | 'day' | 'week' | 'month'

/** What the address of the list says. */
export interface SyncListQuery {
  filter: SyncFilter
  /** Id of the course; '' for all. */
  product: string
  period: SyncPeriod
  /** As it stands in the address: see `sealed-search`. */
  search: string
  /** Null: the newest page. */
  from: {updatedAt: string; id: string; direction: 'older' | 'newer'} | null
}

export interface SyncListRow {
  syncId: string
  purchaseId: string
  ownerUserId: string
  email: string
  productTitle: string
  targetProductTitle: string
  targetApp: string
  status: 'pending' | 'synced' | 'failed' | 'revoked'
  desiredState: 'granted' | 'suspended' | 'revoked'
  revision: number
  ackedRevision: number
  attempts: number
  lastError: string | null
  nextAttemptAt: string | null
  updatedAt: string
  explanation: SyncExplanation
}

export interface SyncListPage {
  /** What was searched for; null when the address holds a search that can’t be read. */
  search: string | null
  rows: SyncListRow[]
  newer: {updatedAt: string; id: string} | null
  older: {updatedAt: string; id: string} | null
  /** Courses that can be filtered by. */
  products: {id: string; title: string}[]
  /** Purchases that the search names and that open nothing on AI Hero. */
  purchasesWithoutSyncs: string[]
  /** Stripe had to be asked which purchase this is, and could not be. */
  stripeAway: boolean
}

/** A sync as its purchase's page shows it. */
export interface SyncDetail extends SyncListRow {
  holdReason: string | null
  frozen: boolean
  /** What AI Hero has confirmed; null while it has not answered once. */
  confirmed: {
    state: string
    stateVersion: number
    userId: string | null
    grantId: string | null
    at: string | null
  } | null
}

export interface ChargeFactView {
  id: string
  kind: 'refund' | 'dispute'
  amount: Money
  status: string
  /** ISO 8601, UTC: when this app learned of it. */
  since: string
}

export interface MailView {
  id: string
  /** What kind of mail, for people. */
  title: string
  queuedAt: string
  /** When the provider accepted it. */
  sentAt: string | null
  /** Why it was not accepted, or not yet. */
  problem: string | null
}

export interface AdminPurchase {
  purchase: {
    id: string
    /** Null while nobody is known to own it. */
    userId: string | null
    email: string
    productTitle: string
    price: Money
    purchasedAt: string
    status: PurchaseState
    checkoutSessionId: string | null
    chargeId: string | null
  }
  facts: ChargeFactView[]
  syncs: SyncDetail[]
  mails: MailView[]
  here: TimelineEntry[]
  there: RemoteTimeline
}

export interface PersonRow {
  userId: string
  name: string | null
  /** Null when the account was deleted. */
  email: string | null
  emailConfirmed: boolean
  link: LinkView['state']
}

export interface PeoplePage {
  people: PersonRow[]
  /** There are more than are shown. */
  more: boolean
  stripeAway: boolean
}

export interface AdminPerson {
  userId: string
  name: string | null
  /** Null when the account was deleted. */
  email: string | null
  /** ISO 8601, UTC. */
  emailConfirmedAt: string | null
  role: 'ADMIN' | 'USER'
  link: LinkView
  /** Of AI Hero; null when there never was a link. */
  aiHeroUserId: string | null
  signInWays: SignInWay[]
  purchases: {
    id: string
    productTitle: string
    price: Money
    purchasedAt: string
    status: PurchaseState
    syncs: SyncListRow[]
  }[]
  mails: MailView[]
  here: TimelineEntry[]
  there: RemoteTimeline
}

export interface AdminAlert extends AlertExplanation {
  id: string
  at: string
  action: string
  actor: string
  /** Pages of this admin that it is about. */
  links: PageLink[]
  /** What the trail holds besides, for an engineer. */
  details: Record<string, string>
  seen: {by: string; at: string} | null
}

export interface AlertPage {
  alerts: AdminAlert[]
  older: {at: string; id: string} | null
}

/** Counts of what somebody should know of; `limit` means that many or more. */
export interface AdminOverview {
  limit: number
  unseenAlerts: number
  failed: number
  frozen: number
  overdue: number
  held: number
  unclaimed: number
  /** Seconds since the oldest mail or in-app event that has not gone out; null when all have. */
  oldestOutboxSeconds: number | null
  newestAlerts: AdminAlert[]
  attention: SyncListRow[]
}
