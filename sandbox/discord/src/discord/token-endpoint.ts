import { emptyAnswer, formOf, type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/messages.ts'
import { TokenError, type TokenErrorReason } from '../oauth/token-error.ts'
import { authenticateClient, exchangeForTokens } from '../oauth/token-request.ts'
import type { DiscordContext } from './context.ts'

/** Discord's words. Those about `code_verifier` are known from reports of its users; its documentation has none. */
const ERRORS: Record<TokenErrorReason, { status: number; error: string; error_description?: string }> = {
  'invalid-client': { status: 401, error: 'invalid_client' },
  'unsupported-grant-type': {
    status: 400,
    error: 'unsupported_grant_type',
    error_description: 'Grant type None is not supported',
  },
  'invalid-code': {
    status: 400,
    error: 'invalid_grant',
    error_description: 'Invalid "code" in request.',
  },
  'redirect-uri-mismatch': {
    status: 400,
    error: 'invalid_grant',
    error_description: 'Invalid "redirect_uri" in request.',
  },
  'missing-code-verifier': {
    status: 400,
    error: 'invalid_request',
    error_description: 'Missing "code_verifier"',
  },
  'invalid-code-verifier': {
    status: 400,
    error: 'invalid_request',
    error_description: 'Invalid "code_verifier"',
  },
  'invalid-refresh-token': { status: 400, error: 'invalid_grant' },
}

function refusal(error: unknown): HttpAnswer {
  if (!(error instanceof TokenError)) throw error
  const { status, ...body } = ERRORS[error.reason]
  return jsonAnswer(status, body)
}

/** `POST /oauth2/token`: forms only, as at Discord; a body of another type counts as empty. */
export function answerToken({ provider }: DiscordContext, request: HttpRequest): HttpAnswer {
  try {
    const tokens = exchangeForTokens(
      { form: formOf(request), authorization: request.headers.authorization },
      {
        clients: provider.clients,
        grants: provider.grants,
        grantTypes: new Set(['authorization_code', 'refresh_token']),
      },
    )
    return jsonAnswer(200, {
      token_type: 'Bearer',
      access_token: tokens.accessToken,
      expires_in: Math.floor((tokens.lifetimeMs ?? 0) / 1_000),
      refresh_token: tokens.refreshToken,
      scope: tokens.scopes.join(' '),
    })
  } catch (error) {
    return refusal(error)
  }
}

/** `POST /oauth2/token/revoke` (RFC 7009): 200 also for a token that nobody has. */
export function answerRevocation({ provider }: DiscordContext, request: HttpRequest): HttpAnswer {
  const form = formOf(request)
  try {
    const client = authenticateClient(provider.clients, {
      form,
      authorization: request.headers.authorization,
    })
    provider.grants.revoke(form.get('token') ?? '', client.id)
    return { ...emptyAnswer(), status: 200 }
  } catch (error) {
    return refusal(error)
  }
}
