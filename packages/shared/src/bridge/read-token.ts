import { CrossAppError, UnauthorisedReadError } from '../errors'
import type { ProofContext } from './proof'
import { signToken, verifyToken } from './signed-token'

const READ_TYP = 'cross-app-read+jwt'
const READ_TOKEN_SECONDS = 60

/** A bearer token for the peer's read API, good for a minute. */
export function createReadToken(context: ProofContext): Promise<string> {
  return signToken(
    context.secrets,
    { purpose: 'read-api', from: context.from, to: context.to, environment: context.environment },
    READ_TYP,
    { jti: crypto.randomUUID() },
    READ_TOKEN_SECONDS,
  )
}

/**
 * Checks an `Authorization` header of a read-API request.
 *
 * @throws UnauthorisedReadError when it is missing, expired, or not made by the peer for this
 */
export async function verifyReadToken(
  context: ProofContext,
  authorization: string | null | undefined,
): Promise<void> {
  const match = /^Bearer ([A-Za-z0-9_.-]+)$/.exec(authorization ?? '')
  if (match === null || match[1] === undefined) {
    throw new UnauthorisedReadError('Send a read token: "Authorization: Bearer …".')
  }
  try {
    const use = {
      purpose: 'read-api' as const,
      from: context.from,
      to: context.to,
      environment: context.environment,
    }
    const claims = await verifyToken(context.secrets, use, READ_TYP, match[1])
    // jose checks `exp` only where there is one; a read token without an end is none of ours.
    if (typeof claims.exp !== 'number') throw new UnauthorisedReadError('The read token has no end.')
  } catch (error) {
    if (error instanceof CrossAppError) throw new UnauthorisedReadError(error.message)
    throw error
  }
}
