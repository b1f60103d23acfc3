import { randomBytes } from 'node:crypto'
import type { AuthorizationRequest } from './authorization-request.ts'
import { codeChallengeOf, isCodeVerifier } from './pkce.ts'
import { TokenError } from './token-error.ts'

/** What a valid access token stands for. */
export interface AccessToken {
  clientId: string
  userId: string
  scopes: readonly string[]
}

/** What the token endpoint gives. Lifetimes in milliseconds; null: no end. */
export interface TokenSet {
  accessToken: string
  lifetimeMs: number | null
  /** null when the provider has none. */
  refreshToken: string | null
  scopes: readonly string[]
}

export interface GrantSettings {
  /** In milliseconds since 1970. */
  now: () => number
  codeLifetimeMs: number
  /** null: access tokens live until they are revoked, and there are no refresh tokens. */
  accessTokenLifetimeMs: number | null
  tokenPrefix: string
}

export interface Grants {
  /** The code for one exchange by the client of this request. */
  issueCode(request: AuthorizationRequest, userId: string): string
  /** @throws TokenError; a code that was presented is used up in any case */
  exchangeCode(exchange: {
    clientId: string
    code: string
    redirectUri: string | undefined
    codeVerifier: string | undefined
  }): TokenSet
  /** Gives new tokens and ends the old ones. @throws TokenError */
  refresh(refreshToken: string, clientId: string): TokenSet
  /** Who stands behind a token; undefined when it is unknown, expired or revoked. */
  findAccessToken(token: string): AccessToken | undefined
  /** Ends everything that came from the sign-in of this token, if it is the client's. */
  revoke(token: string, clientId: string): void
}

/** One sign-in. All codes and tokens that come from it point here, so they can be ended together. */
interface Grant extends AccessToken {
  revoked: boolean
}
interface IssuedCode {
  grant: Grant
  redirectUri: string
  codeChallenge: string | undefined
  expiresAt: number
  used: boolean
}
interface IssuedToken {
  grant: Grant
  /** null: never. */
  expiresAt: number | null
}

/** Used codes are remembered this long, so that a second use is noticed. */
const REMEMBER_CODES_MS = 60 * 60_000

/**
 * The codes and tokens of one provider, in memory: a restart signs nobody out of an app, but ends every token.
 *
 * @throws RangeError for a code lifetime that isn't between 1 ms and a minute
 */
export function createGrants(settings: GrantSettings): Grants {
  const { now, codeLifetimeMs, accessTokenLifetimeMs, tokenPrefix } = settings
  if (!(codeLifetimeMs > 0 && codeLifetimeMs <= 60_000)) {
    throw new RangeError(`A code lives for at most 60000 ms, not ${codeLifetimeMs}.`)
  }
  const codes = new Map<string, IssuedCode>()
  const accessTokens = new Map<string, IssuedToken>()
  const refreshTokens = new Map<string, IssuedToken & { accessToken: string }>()
  const secret = () => randomBytes(24).toString('base64url')

  function forgetOld(): void {
    for (const [code, { expiresAt }] of codes) {
      if (expiresAt + REMEMBER_CODES_MS < now()) codes.delete(code)
    }
    for (const [token, { expiresAt }] of accessTokens) {
      if (expiresAt !== null && expiresAt <= now()) accessTokens.delete(token)
    }
  }

  function issueTokens(grant: Grant): TokenSet {
    forgetOld()
    const accessToken = `${tokenPrefix}${secret()}`
    const expiresAt = accessTokenLifetimeMs === null ? null : now() + accessTokenLifetimeMs
    accessTokens.set(accessToken, { grant, expiresAt })
    const refreshToken = accessTokenLifetimeMs === null ? null : secret()
    if (refreshToken !== null) refreshTokens.set(refreshToken, { grant, expiresAt: null, accessToken })
    return { accessToken, lifetimeMs: accessTokenLifetimeMs, refreshToken, scopes: grant.scopes }
  }

  return {
    issueCode({ client, redirectUri, scopes, codeChallenge }, userId) {
      forgetOld()
      const code = secret()
      const grant: Grant = { clientId: client.id, userId, scopes, revoked: false }
      codes.set(code, { grant, redirectUri, codeChallenge, expiresAt: now() + codeLifetimeMs, used: false })
      return code
    },

    exchangeCode({ clientId, code, redirectUri, codeVerifier }) {
      const issued = codes.get(code)
      if (issued === undefined) throw new TokenError('invalid-code')
      const { grant } = issued
      const wasUsed = issued.used
      issued.used = true
      if (wasUsed || grant.clientId !== clientId) {
        // Somebody else has had this code in hand: nothing that came of it can be trusted (RFC 6749, 4.1.2).
        grant.revoked = true
        throw new TokenError('invalid-code')
      }
      if (issued.expiresAt <= now()) throw new TokenError('invalid-code')
      if (redirectUri !== issued.redirectUri) throw new TokenError('redirect-uri-mismatch')
      if (issued.codeChallenge === undefined) {
        // A verifier for a request without a challenge: the challenge was taken out on the way (RFC 9700, 2.1.1).
        if (codeVerifier !== undefined) throw new TokenError('invalid-code-verifier')
      } else {
        if (codeVerifier === undefined) throw new TokenError('missing-code-verifier')
        if (!isCodeVerifier(codeVerifier) || codeChallengeOf(codeVerifier) !== issued.codeChallenge) {
          throw new TokenError('invalid-code-verifier')
        }
      }
      return issueTokens(grant)
    },

    refresh(refreshToken, clientId) {
      const issued = refreshTokens.get(refreshToken)
      if (issued === undefined || issued.grant.revoked || issued.grant.clientId !== clientId) {
        throw new TokenError('invalid-refresh-token')
      }
      refreshTokens.delete(refreshToken)
      accessTokens.delete(issued.accessToken)
      return issueTokens(issued.grant)
    },

    findAccessToken(token) {
      const issued = accessTokens.get(token)
      if (issued === undefined || issued.grant.revoked) return undefined
      if (issued.expiresAt !== null && issued.expiresAt <= now()) return undefined
      const { clientId, userId, scopes } = issued.grant
      return { clientId, userId, scopes }
    },

    revoke(token, clientId) {
      const issued = accessTokens.get(token) ?? refreshTokens.get(token)
      if (issued !== undefined && issued.grant.clientId === clientId) issued.grant.revoked = true
    },
  }
}
