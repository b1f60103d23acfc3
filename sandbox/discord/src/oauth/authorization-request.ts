import type { OAuthClient } from './clients.ts'
import { isCodeChallenge } from './pkce.ts'

/** A request for a sign-in that was checked and may be shown to a person. */
export interface AuthorizationRequest {
  client: OAuthClient
  redirectUri: string
  scopes: readonly string[]
  state: string
  /** The S256 challenge, if the app uses PKCE: then its verifier is required for the exchange. */
  codeChallenge: string | undefined
}

/** Nobody knows where such a request came from, so nothing is sent anywhere: a page says what is wrong. */
export class UntrustedRequestError extends Error {
  override name = 'UntrustedRequestError'
}

/** The request came from the app, but can't be served: the app is told at its redirect address. */
export class AuthorizationError extends Error {
  override name = 'AuthorizationError'
  readonly code: 'invalid_request' | 'unsupported_response_type' | 'invalid_scope' | 'access_denied'
  readonly redirectUri: string
  readonly state: string | undefined

  constructor(
    code: AuthorizationError['code'],
    description: string,
    to: { redirectUri: string; state: string | undefined },
  ) {
    super(description)
    this.code = code
    this.redirectUri = to.redirectUri
    this.state = to.state
  }
}

/** One value of a parameter; a repeated one has no value that both sides would agree on (RFC 6749, 3.1). */
function single(query: URLSearchParams, name: string): string | undefined | 'repeated' {
  const values = query.getAll(name)
  return values.length > 1 ? 'repeated' : values[0] || undefined
}

/**
 * Checks what an app asks for on behalf of a browser.
 *
 * `state` is required although real providers take requests without it: an app that forgets it lets anyone sign its
 * users in to a stranger's account, and a stand-in is where that should come out.
 *
 * @param knownScopes every scope that the provider has
 * @throws UntrustedRequestError for an unknown client or a redirect address that isn't registered for it
 * @throws AuthorizationError for anything else
 */
export function readAuthorizationRequest(
  query: URLSearchParams,
  { clients, knownScopes }: { clients: ReadonlyMap<string, OAuthClient>; knownScopes: ReadonlySet<string> },
): AuthorizationRequest {
  const clientId = single(query, 'client_id')
  const client = clientId === undefined ? undefined : clients.get(clientId)
  if (client === undefined) {
    throw new UntrustedRequestError(
      clientId === undefined
        ? 'The client_id is missing.'
        : `No application has the client_id "${clientId}".`,
    )
  }
  const redirectUri = single(query, 'redirect_uri')
  if (redirectUri === undefined || !client.redirectUris.includes(redirectUri)) {
    throw new UntrustedRequestError(
      `The redirect_uri ${redirectUri === undefined ? 'is missing' : `"${redirectUri}" is not registered for ${client.name}`}. Registered: ${client.redirectUris.join(', ')}`,
    )
  }

  const state = single(query, 'state')
  const refuse = (code: AuthorizationError['code'], description: string) =>
    new AuthorizationError(code, description, {
      redirectUri,
      state: state === 'repeated' ? undefined : state,
    })
  for (const name of ['state', 'response_type', 'scope', 'code_challenge', 'code_challenge_method']) {
    if (single(query, name) === 'repeated')
      throw refuse('invalid_request', `"${name}" is given more than once`)
  }
  if (state === undefined) throw refuse('invalid_request', 'Missing "state"')
  const responseType = single(query, 'response_type')
  if (responseType === undefined) throw refuse('invalid_request', 'Missing "response_type"')
  if (responseType !== 'code') {
    throw refuse('unsupported_response_type', 'The only response_type here is "code"')
  }
  const scopes = [...new Set((single(query, 'scope') ?? '').split(' ').filter(Boolean))]
  if (scopes.length === 0 || scopes.some((scope) => !knownScopes.has(scope))) {
    throw refuse('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  }
  const codeChallenge = single(query, 'code_challenge')
  const method = single(query, 'code_challenge_method')
  if (codeChallenge !== undefined || method !== undefined) {
    // Without a method RFC 7636 means `plain`, which protects nothing: the challenge travels through the browser.
    if (method !== 'S256') throw refuse('invalid_request', 'Unsupported "code_challenge_method"')
    if (codeChallenge === undefined || !isCodeChallenge(codeChallenge)) {
      throw refuse('invalid_request', 'Invalid "code_challenge"')
    }
  }
  return { client, redirectUri, scopes, state, codeChallenge }
}
