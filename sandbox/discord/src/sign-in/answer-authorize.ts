import { formOf, type HttpAnswer, type HttpRequest, redirectTo } from '../http/messages.ts'
import { isSameOrigin } from '../http/origin.ts'
import {
  AuthorizationError,
  type AuthorizationRequest,
  readAuthorizationRequest,
  UntrustedRequestError,
} from '../oauth/authorization-request.ts'
import { codeLocation, errorLocation } from '../oauth/authorization-response.ts'
import { problemPage } from '../ui/page.ts'
import { renderPicker } from './picker-page.ts'
import type { SignInProvider } from './provider.ts'

/**
 * The authorization endpoint. GET shows who can sign in, or answers at once when a next sign-in was set; POST to the
 * same address comes from that page's buttons. Nothing is remembered in between: the address is checked both times.
 */
export function answerAuthorize(provider: SignInProvider, request: HttpRequest): HttpAnswer {
  const problem = (status: number, title: string, text: string) =>
    problemPage({ brand: provider.brand, title, text, status })
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'POST') {
    return problem(405, 'Not possible', 'This page only takes GET and POST.')
  }
  try {
    const wanted = readAuthorizationRequest(request.url.searchParams, {
      clients: provider.clients,
      knownScopes: new Set(provider.knownScopes.keys()),
    })
    if (request.method === 'POST') {
      // A form on another site could else sign the person who opens it in as whom it likes.
      if (!isSameOrigin(request)) {
        return problem(403, 'Refused', `This form was not sent from a page of the stand-in.`)
      }
      const form = formOf(request)
      if (form.has('cancel')) throw declined(wanted)
      const userId = form.get('user_id') ?? ''
      if (!provider.hasUser(userId))
        return problem(400, 'Nobody', 'There is no such user. Choose one of the list.')
      return grant(provider, wanted, userId)
    }
    const next = request.method === 'GET' ? takeNextSignIn(provider, wanted) : undefined
    if (next === undefined) {
      return renderPicker(provider, wanted, `${request.url.pathname}${request.url.search}`)
    }
    if (next.userId === null) throw declined(wanted)
    return grant(provider, wanted, next.userId)
  } catch (error) {
    if (error instanceof UntrustedRequestError) {
      return problem(400, 'This sign-in request is not valid', error.message)
    }
    if (error instanceof AuthorizationError) return redirectTo(errorLocation(error, provider.issuer()))
    throw error
  }
}

function grant(provider: SignInProvider, wanted: AuthorizationRequest, userId: string): HttpAnswer {
  const code = provider.grants.issueCode(wanted, userId)
  return redirectTo(codeLocation(wanted, { code, issuer: provider.issuer() }))
}

function declined({ redirectUri, state }: AuthorizationRequest): AuthorizationError {
  return new AuthorizationError(
    'access_denied',
    'The resource owner or authorization server denied the request',
    { redirectUri, state },
  )
}

function takeNextSignIn(provider: SignInProvider, { client }: AuthorizationRequest) {
  const index = provider.nextSignIns.findIndex(
    ({ clientId }) => clientId === undefined || clientId === client.id,
  )
  return index < 0 ? undefined : provider.nextSignIns.splice(index, 1)[0]
}
