import { isSameSecret, type OAuthClient } from './clients.ts'
import type { Grants, TokenSet } from './grants.ts'
import { TokenError } from './token-error.ts'

/** What an app sends to the token or revocation endpoint. */
export interface TokenRequest {
  form: URLSearchParams
  authorization: string | undefined
}

function basicCredentials(authorization: string): { id: string; secret: string } | undefined {
  const [scheme, encoded] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  // Both halves are form-encoded before they are joined (RFC 6749, 2.3.1).
  const decode = (part: string) => new URLSearchParams(`v=${part}`).get('v') ?? ''
  return { id: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) }
}

/**
 * The client that sends a request, by Basic authentication or by fields of the form.
 *
 * @throws TokenError `invalid-client` for an unknown id, a wrong secret, none, or two that differ
 */
export function authenticateClient(
  clients: ReadonlyMap<string, OAuthClient>,
  { form, authorization }: TokenRequest,
): OAuthClient {
  const formId = form.get('client_id') ?? undefined
  const formSecret = form.get('client_secret') ?? undefined
  const basic = authorization === undefined ? undefined : basicCredentials(authorization)
  const refused = () => new TokenError('invalid-client')
  if (authorization !== undefined && basic === undefined) throw refused()
  if (basic !== undefined && formId !== undefined && formId !== basic.id) throw refused()
  if (basic !== undefined && formSecret !== undefined) throw refused()
  const id = basic?.id ?? formId
  const secret = basic?.secret ?? formSecret
  const client = id === undefined ? undefined : clients.get(id)
  if (client === undefined || secret === undefined || !isSameSecret(secret, client.secret)) throw refused()
  return client
}

/**
 * The token endpoint: a code or a refresh token for an access token.
 *
 * @param grantTypes those that the provider has; '' if it takes a code also from a request that names none
 * @throws TokenError
 */
export function exchangeForTokens(
  request: TokenRequest,
  {
    clients,
    grants,
    grantTypes,
  }: { clients: ReadonlyMap<string, OAuthClient>; grants: Grants; grantTypes: ReadonlySet<string> },
): TokenSet {
  const { form } = request
  // A field given twice has no value.
  const field = (name: string) => {
    const values = form.getAll(name)
    return values.length === 1 ? values[0] || undefined : undefined
  }
  const grantType = field('grant_type') ?? (grantTypes.has('') ? '' : undefined)
  if (grantType === undefined || !grantTypes.has(grantType)) throw new TokenError('unsupported-grant-type')
  const client = authenticateClient(clients, request)
  if (grantType === 'refresh_token') return grants.refresh(field('refresh_token') ?? '', client.id)
  return grants.exchangeCode({
    clientId: client.id,
    code: field('code') ?? '',
    redirectUri: field('redirect_uri'),
    codeVerifier: field('code_verifier'),
  })
}

/** The token of a header `Authorization: <scheme> …`; undefined for any other header. */
export function credentialOf(authorization: string | undefined, scheme: string): string | undefined {
  const [given, credential, ...rest] = (authorization ?? '').split(' ')
  if (given?.toLowerCase() !== scheme.toLowerCase() || rest.length > 0) return undefined
  return credential || undefined
}
