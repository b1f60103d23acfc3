import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/messages.ts'
import { credentialOf } from '../oauth/token-request.ts'
import { answerGuildCall } from './answer-guild-call.ts'
import { apiErrors } from './api-errors.ts'
import type { DiscordContext } from './context.ts'
import { answerRevocation, answerToken } from './token-endpoint.ts'
import { currentUserObject } from './users.ts'

const VERSIONS = new Set(['9', '10'])

/**
 * Answers what lies under `/api`: with a version that Discord still has, or without one.
 *
 * @param path what follows `/api`
 */
export function answerApiCall(context: DiscordContext, request: HttpRequest, path: string): HttpAnswer {
  const version = /^\/v(\d+)(?=\/)/.exec(path)
  if (version !== null && !VERSIONS.has(version[1] ?? '')) return apiErrors.invalidVersion()
  const call = version === null ? path : path.slice(version[0].length)
  if (call === '/oauth2/token' || call === '/oauth2/token/revoke') {
    if (request.method !== 'POST') return apiErrors.methodNotAllowed()
    return call === '/oauth2/token' ? answerToken(context, request) : answerRevocation(context, request)
  }
  if (call === '/users/@me') {
    if (request.method !== 'GET') return apiErrors.methodNotAllowed()
    return answerCurrentUser(context, request)
  }
  return answerGuildCall(context, request, call) ?? apiErrors.notFound()
}

function answerCurrentUser({ provider, users }: DiscordContext, request: HttpRequest): HttpAnswer {
  const credential = credentialOf(request.headers.authorization, 'Bearer')
  const token = credential === undefined ? undefined : provider.grants.findAccessToken(credential)
  const user = token === undefined ? undefined : users.get(token.userId)
  if (token === undefined || user === undefined || !token.scopes.includes('identify')) {
    return apiErrors.unauthorized()
  }
  return jsonAnswer(200, currentUserObject(user, token.scopes))
}
