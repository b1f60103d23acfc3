import type { AppId } from '../apps'
import { ForgedEventError, InvalidEventError } from '../errors'
import {
  type CrossAppEventName,
  crossAppEvents,
  isCrossAppEventName,
  type VerifiedEvent,
} from '../events/cross-app-events'
import { canonicalJson } from './canonical-json'
import type { CrossAppSecrets, KeyUse } from './secrets'
import { signToken, verifyToken } from './signed-token'

const PROOF_TYP = 'cross-app-event+jwt'
/** Inngest takes far more; nothing that crosses here comes near it, so a bigger event is not ours. */
export const MAX_EVENT_BYTES = 64 * 1024

export type ProofContext = { secrets: CrossAppSecrets; from: AppId; to: AppId; environment: string }

/** A compact JWS whose payload contains the event: name, id and the whole data. */
export function signProof(
  context: ProofContext,
  event: { name: CrossAppEventName; id: string; data: Record<string, unknown> },
): Promise<string> {
  return signToken(context.secrets, useOf(context), PROOF_TYP, {
    jti: event.id,
    event: event.name,
    data: event.data,
  })
}

/**
 * Verifies an event's proof and returns what the peer signed; the readable copy is only compared with it, never used.
 *
 * @throws InvalidEventError for an unknown name, a payload that fails its schema, or one over 64 KiB
 * @throws ForgedEventError for a missing or invalid proof, or a readable copy that differs from it
 * @throws UnknownKeyError (retryable) when it is signed with a key we don't have
 */
export async function openProof<Name extends CrossAppEventName>(
  context: ProofContext,
  event: { name: Name; id?: string | undefined; data: unknown },
): Promise<VerifiedEvent<Name>> {
  if (!isCrossAppEventName(event.name)) throw new InvalidEventError('No event of this name crosses the apps.')
  const { proof, readable } = split(event.data)
  const claims = await verifyToken(context.secrets, useOf(context), PROOF_TYP, proof)
  if (claims.event !== event.name) throw new ForgedEventError('The proof was made for another event.')
  const id = String(claims.jti)
  if (event.id !== undefined && event.id !== id)
    throw new ForgedEventError('The proof was made for another id.')
  if (canonicalJson(claims.data) !== canonicalJson(readable)) {
    throw new ForgedEventError('The readable data differs from what was signed.')
  }
  const parsed = crossAppEvents[event.name].safeParse(claims.data)
  if (!parsed.success) throw new InvalidEventError(`${event.name} does not fit its schema.`, parsed.error)
  // The schema that parsed it belongs to exactly this name: TypeScript can't follow that through the indexed access.
  return { name: event.name, id, data: parsed.data } as unknown as VerifiedEvent<Name>
}

function split(data: unknown): { proof: string; readable: Record<string, unknown> } {
  if (data === null || typeof data !== 'object' || Array.isArray(data)) {
    throw new InvalidEventError('The event carries no data.')
  }
  if (new TextEncoder().encode(JSON.stringify(data)).length > MAX_EVENT_BYTES * 2) {
    throw new InvalidEventError(`The event is over ${MAX_EVENT_BYTES} bytes.`)
  }
  const { proof, ...readable } = data as Record<string, unknown>
  if (typeof proof !== 'string' || proof === '') throw new ForgedEventError('The event carries no proof.')
  if (new TextEncoder().encode(JSON.stringify(readable)).length > MAX_EVENT_BYTES) {
    throw new InvalidEventError(`The event is over ${MAX_EVENT_BYTES} bytes.`)
  }
  return { proof, readable }
}

function useOf(context: ProofContext): KeyUse {
  return { purpose: 'event', from: context.from, to: context.to, environment: context.environment }
}
