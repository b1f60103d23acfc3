import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/messages.ts'
import { credentialOf } from '../oauth/token-request.ts'
import type { SignInProvider } from '../sign-in/provider.ts'
import type { GithubUser } from './users.ts'

const refusal = (status: number, message: string) =>
  jsonAnswer(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) })

/** `GET /user` and `GET /user/emails`, for the user of the bearer token. */
export function answerUserCall(
  { provider, users, url }: { provider: SignInProvider; users: ReadonlyMap<string, GithubUser>; url: string },
  request: HttpRequest,
): HttpAnswer {
  // GitHub turns away programs that don't say who they are.
  if (!request.headers['user-agent']) return refusal(403, 'Request forbidden by administrative rules.')
  const { authorization } = request.headers
  if (authorization === undefined) return refusal(401, 'Requires authentication')
  const credential = credentialOf(authorization, 'Bearer') ?? credentialOf(authorization, 'token')
  const token = credential === undefined ? undefined : provider.grants.findAccessToken(credential)
  const user = token === undefined ? undefined : users.get(token.userId)
  if (token === undefined || user === undefined) return refusal(401, 'Bad credentials')
  const headers = { 'x-oauth-scopes': token.scopes.join(', ') }
  if (request.url.pathname === '/user/emails') {
    if (!token.scopes.includes('user:email')) return refusal(404, 'Not Found')
    const emails = user.emails.map((email) => ({
      ...email,
      visibility: email.primary ? (email.email === user.publicEmail ? 'public' : 'private') : null,
    }))
    return jsonAnswer(200, emails, headers)
  }
  return jsonAnswer(
    200,
    {
      login: user.login,
      id: Number(user.id),
      node_id: Buffer.from(`04:User${user.id}`).toString('base64'),
      avatar_url: `${url}/assets/icon.svg`,
      html_url: `${url}/${user.login}`,
      type: 'User',
      site_admin: false,
      name: user.name,
      email: user.publicEmail,
    },
    headers,
  )
}
