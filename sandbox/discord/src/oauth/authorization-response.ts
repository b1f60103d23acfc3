import type { AuthorizationError, AuthorizationRequest } from './authorization-request.ts'

function withParameters(redirectUri: string, parameters: Record<string, string | undefined | null>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, value)
  }
  return url.href
}

/**
 * Where the browser goes with a code.
 *
 * @param issuer says who answers (RFC 9207), so that an app with several providers can't be led to hand one's code to
 *   another; GitHub and Discord both send it. null: left out
 */
export function codeLocation(
  { redirectUri, state }: AuthorizationRequest,
  { code, issuer }: { code: string; issuer: string | null },
): string {
  return withParameters(redirectUri, { code, state, iss: issuer })
}

/** Where the browser goes when there is no code. */
export function errorLocation(error: AuthorizationError, issuer: string | null): string {
  return withParameters(error.redirectUri, {
    error: error.code,
    error_description: error.message,
    state: error.state,
    iss: issuer,
  })
}
