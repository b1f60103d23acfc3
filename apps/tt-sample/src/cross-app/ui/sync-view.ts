import type {LinkView} from './link-view'

/**
 * What a buyer is told about the courses that open in another app.
 * The words are decided on the server (`describe-sync`); the interface only lays them out. All values survive JSON.
 */

/** Picks colour and icon, never wording. */
export type SyncPhase =
  | 'sending'
  | 'waiting-for-you'
  | 'ready'
  | 'delayed'
  | 'failed'
  | 'suspended'
  | 'refunded'

/** One thing the buyer can do next: a link, or, with `post`, a form that posts these fields to `href`. */
export interface SyncAction {
  label: string
  href: string
  post?: Record<string, string>
}

/** One course that is opened in another app. */
export interface SyncView {
  /** The sync's id: the same across polls. */
  id: string
  /** The other app's name, as people know it. */
  targetApp: string
  productTitle: string
  phase: SyncPhase
  /** One to three words. */
  label: string
  /** One or two sentences. */
  detail: string
  action: SyncAction | null
  /** False while this may still change by itself. */
  settled: boolean
}

/** Everything about one checkout, or about all purchases of one person. Also the body of the status endpoint. */
export interface SyncStatus {
  /** `unknown`: there is no such checkout. `waiting-for-payment`: the payment has not been reported to us yet. */
  state: 'waiting-for-payment' | 'recorded' | 'unknown'
  headline: string
  /** One sentence for screen readers; it changes only when something a person cares about does. */
  announcement: string
  /** True when nothing is left to wait for. */
  settled: boolean
  syncs: SyncView[]
  /** How the person's account stands to the other one; left out where the page isn't about a person. */
  link?: LinkView
  /** Stands for all that the page shows besides: when it changes, the page has to be rendered anew. */
  page?: string
}
