/** Why no token was given. Providers say it each in their own words. */
export type TokenErrorReason =
  | 'invalid-client'
  | 'unsupported-grant-type'
  | 'invalid-code'
  | 'redirect-uri-mismatch'
  | 'missing-code-verifier'
  | 'invalid-code-verifier'
  | 'invalid-refresh-token'

/** The token endpoint refuses. Its message holds no code and no token. */
export class TokenError extends Error {
  override name = 'TokenError'
  readonly reason: TokenErrorReason

  constructor(reason: TokenErrorReason) {
    super(`No token: ${reason}.`)
    this.reason = reason
  }
}
