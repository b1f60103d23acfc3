import { contentTypeOf, formOf, type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/messages.ts'
import { TokenError, type TokenErrorReason } from '../oauth/token-error.ts'
import { exchangeForTokens } from '../oauth/token-request.ts'
import type { SignInProvider } from '../sign-in/provider.ts'

/** GitHub's words. It has none of its own for PKCE in its documentation: a code without its verifier is a bad code. */
const ERRORS: Record<TokenErrorReason, { error: string; error_description: string }> = (() => {
  const badCode = {
    error: 'bad_verification_code',
    error_description: 'The code passed is incorrect or expired.',
  }
  return {
    'invalid-client': {
      error: 'incorrect_client_credentials',
      error_description: 'The client_id and/or client_secret passed are incorrect.',
    },
    'unsupported-grant-type': {
      error: 'unsupported_grant_type',
      error_description: 'The grant_type must be authorization_code.',
    },
    'redirect-uri-mismatch': {
      error: 'redirect_uri_mismatch',
      error_description: 'The redirect_uri MUST match the registered callback URL for this application.',
    },
    'invalid-code': badCode,
    'missing-code-verifier': badCode,
    'invalid-code-verifier': badCode,
    'invalid-refresh-token': badCode,
  }
})()

/** The fields of a JSON body, which GitHub takes besides forms. */
function fieldsOfJson(body: string): URLSearchParams {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null) return new URLSearchParams()
    const texts = Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    return new URLSearchParams(texts)
  } catch {
    return new URLSearchParams()
  }
}

/** GitHub answers in a form unless asked for JSON, and with status 200 whatever it has to say. */
function answerAs(request: HttpRequest, fields: Record<string, string>): HttpAnswer {
  if ((request.headers.accept ?? '').includes('application/json')) return jsonAnswer(200, fields)
  return {
    status: 200,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: new URLSearchParams(fields).toString(),
  }
}

/** `POST /login/oauth/access_token` */
export function answerAccessToken(provider: SignInProvider, request: HttpRequest): HttpAnswer {
  const isJson = contentTypeOf(request) === 'application/json'
  try {
    const tokens = exchangeForTokens(
      {
        form: isJson ? fieldsOfJson(request.body) : formOf(request),
        authorization: request.headers.authorization,
      },
      {
        clients: provider.clients,
        grants: provider.grants,
        grantTypes: new Set(['', 'authorization_code']),
      },
    )
    return answerAs(request, {
      access_token: tokens.accessToken,
      scope: tokens.scopes.join(','),
      token_type: 'bearer',
    })
  } catch (error) {
    if (error instanceof TokenError) return answerAs(request, ERRORS[error.reason])
    throw error
  }
}
