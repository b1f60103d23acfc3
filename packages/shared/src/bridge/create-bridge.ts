import type { AppId } from '../apps'
import { InvalidEventError } from '../errors'
import {
  type CrossAppEvent,
  type CrossAppEventName,
  crossAppEvents,
  type VerifiedEvent,
} from '../events/cross-app-events'
import {
  createLinkToken,
  createUndoToken,
  type LinkToken,
  type UndoLink,
  verifyLinkToken,
  verifyUndoToken,
} from '../links/link-token'
import { type EventApi, postEvent } from './event-api'
import { MAX_EVENT_BYTES, openProof, type ProofContext, signProof } from './proof'
import { createReadToken, verifyReadToken } from './read-token'
import { type CrossAppSecrets, checkSecrets } from './secrets'

export type BridgeOptions = {
  self: AppId
  peer: AppId
  /** The deployment both apps belong to, the same on both sides: `production`, `staging`, `local-dev`. */
  environment: string
  secrets: CrossAppSecrets
  /** The peer's event API. */
  eventApi: EventApi
}

/** The only way between the apps for events, and the tokens for links and for each other's read API. */
export type Bridge = {
  readonly self: AppId
  readonly peer: AppId
  /**
   * Checks, signs and posts one event; the id is new and unguessable at every send.
   *
   * @throws InvalidEventError (a bug here), RetryableSendError or PermanentSendError
   */
  send(event: CrossAppEvent): Promise<{ id: string }>
  /** Verifies a received event; see `openProof` for what it throws. */
  open<Name extends CrossAppEventName>(event: {
    name: Name
    id?: string | undefined
    data: unknown
  }): Promise<VerifiedEvent<Name>>
  /** A bearer token to read the peer with, good for a minute. */
  createReadToken(): Promise<string>
  /** Checks the `Authorization` header of the peer's read. @throws UnauthorisedReadError */
  verifyReadToken(authorization: string | null | undefined): Promise<void>
  /** A token with which the peer may link this app's user; see `links/link-token`. */
  createLinkToken(input: Omit<LinkToken, 'expiresAt'>): Promise<string>
  /** @throws LinkRefusedError token-expired or token-invalid */
  verifyLinkToken(token: string): Promise<LinkToken>
  /** The "this wasn't me" of this app's mails about a link. */
  createUndoToken(input: UndoLink): Promise<string>
  /** @throws LinkRefusedError token-expired or token-invalid */
  verifyUndoToken(token: string): Promise<UndoLink>
}

/**
 * Makes one side's end of the bridge.
 *
 * @throws ConfigurationError when a secret is too short, or the published example in production
 */
export function createBridge(options: BridgeOptions): Bridge {
  const { self, peer, environment, secrets } = options
  checkSecrets(secrets, environment)
  const outgoing: ProofContext = { secrets, environment, from: self, to: peer }
  const incoming: ProofContext = { secrets, environment, from: peer, to: self }

  return {
    self,
    peer,
    async send(event) {
      const signed = await signEvent(outgoing, event)
      await postEvent(options.eventApi, signed)
      return { id: signed.id }
    },
    open: (event) => openProof(incoming, event),
    createReadToken: () => createReadToken(outgoing),
    verifyReadToken: (authorization) => verifyReadToken(incoming, authorization),
    createLinkToken: (input) => createLinkToken(outgoing, input),
    verifyLinkToken: (token) => verifyLinkToken(incoming, token),
    createUndoToken: (input) => createUndoToken(outgoing, input),
    verifyUndoToken: (token) => verifyUndoToken(outgoing, token),
  }
}

/**
 * The event as it goes over the wire: readable data plus the proof that contains it.
 *
 * @throws InvalidEventError when the data does not fit the event's schema or is over 64 KiB
 */
export async function signEvent(
  context: ProofContext,
  event: CrossAppEvent,
): Promise<{ id: string; name: CrossAppEventName; ts: number; data: Record<string, unknown> }> {
  const parsed = crossAppEvents[event.name].safeParse(event.data)
  if (!parsed.success) throw new InvalidEventError(`${event.name} does not fit its schema.`, parsed.error)
  // What is signed is exactly what JSON carries: no undefined, no Date.
  const data = JSON.parse(JSON.stringify(parsed.data)) as Record<string, unknown>
  if (new TextEncoder().encode(JSON.stringify(data)).length > MAX_EVENT_BYTES) {
    throw new InvalidEventError(`${event.name} is over ${MAX_EVENT_BYTES} bytes.`)
  }
  const id = `${event.name}:${crypto.randomUUID()}`
  const proof = await signProof(context, { name: event.name, id, data })
  return { id, name: event.name, ts: Date.now(), data: { ...data, proof } }
}
