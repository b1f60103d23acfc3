import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { ForgedEventError, UnknownKeyError } from '../errors'
import { type CrossAppSecrets, findKey, type KeyUse, signingKey } from './secrets'

/** Two machines' clocks: a minute apart, a token that lives a minute must still open the door. */
const CLOCK_TOLERANCE_SECONDS = 60

/** `<app>:<environment>`: a token for staging is no token for production. */
export function audienceOf(use: KeyUse): string {
  return `${use.to}:${use.environment}`
}

/** Signs claims as a compact JWS (HS256) with the current secret's key for this use. */
export async function signToken(
  secrets: CrossAppSecrets,
  use: KeyUse,
  typ: string,
  claims: JWTPayload & { jti: string },
  expiresInSeconds?: number,
): Promise<string> {
  const { key, keyId } = await signingKey(secrets, use)
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ, kid: keyId })
    .setIssuer(use.from)
    .setAudience(audienceOf(use))
    .setIssuedAt()
  if (expiresInSeconds !== undefined) token.setExpirationTime(`${expiresInSeconds}s`)
  return token.sign(key)
}

/**
 * Verifies a compact JWS made by `signToken` for this use, and returns its claims.
 *
 * @throws UnknownKeyError (retryable) when the key id is not one of ours
 * @throws ForgedEventError for everything else that is wrong with it
 */
export async function verifyToken(
  secrets: CrossAppSecrets,
  use: KeyUse,
  typ: string,
  token: string,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(
      token,
      async (header) => {
        const keyId = typeof header.kid === 'string' ? header.kid : ''
        const found = await findKey(secrets, use, keyId)
        if (found === null) throw new UnknownKeyError(keyId === '' ? '(none)' : keyId.slice(0, 16))
        return found.key
      },
      {
        algorithms: ['HS256'],
        typ,
        issuer: use.from,
        audience: audienceOf(use),
        requiredClaims: ['iss', 'aud', 'iat', 'jti'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      },
    )
    return payload
  } catch (error) {
    if (error instanceof UnknownKeyError) throw error
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      throw new ForgedEventError(`The proof is not valid here (${reasonOf(error)}).`, reasonOf(error))
    }
    throw error
  }
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
