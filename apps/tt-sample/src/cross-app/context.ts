import type {AppId, Bridge} from '@cross-app/shared'
import type {Database, Transaction} from './host'

/**
 * What the verbs of this folder are given. They take it as an argument and never import `host.ts`, so that a test can
 * run both apps' verbs in one process, and so that copying the folder means writing one new `host.ts`.
 */

export const SELF: AppId = 'total-typescript'
export const PEER: AppId = 'ai-hero'

export type {Database, Transaction}

/** UTC; a test may bring its own. */
export interface Clock {
  now(): Date
}

export interface Log {
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

/** What a verb needs that only touches the database. */
export interface DatabaseContext {
  db: Database
  clock: Clock
  log: Log
  /** The transaction lost against another and did nothing (deadlock, lock timeout): it may be tried again. */
  isRetryable(error: unknown): boolean
}

/** What a verb needs that runs inside a transaction someone else has opened. */
export interface TransactionContext {
  tx: Transaction
  clock: Clock
}

/** An event of this app's own Inngest. Ids only: handlers re-read. */
export interface InAppEvent {
  /** Makes a repeat of the same send harmless for a day. */
  id: string
  name: string
  data: Record<string, string>
}

/** A mail as the outbox keeps it; the host knows how to render `template`. */
export interface QueuedEmail {
  /** Also the provider's idempotency key. */
  id: string
  template: string
  data: Record<string, unknown>
}

export interface CrossAppContext extends DatabaseContext {
  bridge: Pick<
    Bridge,
    | 'send'
    | 'open'
    | 'createReadToken'
    | 'verifyReadToken'
    | 'createLinkToken'
    | 'createUndoToken'
    | 'verifyUndoToken'
  >
  /** In [0, 1): spreads repeats, so that many rows waiting for one outage don't return together. */
  random(): number
  /** Base URL of AI Hero's read API, without a trailing slash. */
  peerApiUrl: string
  /** Base URL of AI Hero for a browser, without a trailing slash. */
  peerUrl: string
  /** Hands one event to this app's own Inngest. @throws when it did not accept it */
  sendInApp(event: InAppEvent): Promise<void>
  /** Hands one mail to the provider. @throws when it did not accept it */
  sendEmail(email: QueuedEmail): Promise<void>
  /**
   * Reads a purchase's refunds and disputes anew from the payment provider and stores them as facts, after a restore
   * from a backup. Outside of any transaction. @throws when the provider can't be asked
   */
  refreshFacts(purchaseId: string): Promise<void>
}
