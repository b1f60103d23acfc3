import {EventSchemas, Inngest} from 'inngest'

/** What crosses from AI Hero: its data is worth nothing until `bridge.open` has verified it. */
type FromPeer = {data: Record<string, unknown>}

/** Every event this app's Inngest may see. In-app events carry ids only; an unregistered name is a type error. */
export type AppEvents = {
  'purchase/created': {data: {purchaseId: string; productId: string; checkoutSessionId: string}}
  'purchase/refunded': {data: {purchaseId: string}}
  'purchase/facts-changed': {data: {purchaseId: string}}
  'user/email-verified': {data: {userId: string}}
  'user/signed-in': {data: {userId: string; provider: string; providerAccountId: string}}
  'account/release-requested': {data: {userId: string; linkRevision: string}}
  'email/requested': {data: {outboxId: string}}
  'entitlement/granted': FromPeer
  'entitlement/revoked': FromPeer
  'entitlement/failed': FromPeer
  'account/linked': FromPeer
  'account/unlinked': FromPeer
  'user/oauth-login': FromPeer
}

const SEND_TIMEOUT_MS = 5_000

/**
 * This app's own Inngest. Keys and addresses come from the SDK's own variables (INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY,
 * INNGEST_BASE_URL, INNGEST_DEV), which src/server/env.ts checks at start.
 */
export const inngest = new Inngest({
  id: 'total-typescript',
  schemas: new EventSchemas().fromRecord<AppEvents>(),
  // The SDK waits for ever on a server that accepts and never answers.
  fetch: (input: RequestInfo | URL, init?: RequestInit) =>
    fetch(input, {...init, signal: init?.signal ?? AbortSignal.timeout(SEND_TIMEOUT_MS)}),
})
