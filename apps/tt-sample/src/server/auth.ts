import {createHash, randomBytes, timingSafeEqual} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {getToken} from 'next-auth/jwt'
import type {Viewer} from '../components/views'
import {authCookies} from './auth/cookies'
import {findSessionUser} from './auth/find-session-user'
import {env} from './env'
import {hostContext} from './host-context'
import {isAdmin} from './is-admin'

export type {Viewer}

export type RequestWithCookies = IncomingMessage & {cookies: Partial<Record<string, string>>}

/**
 * Who is signed in, as the database has them now: a deleted user, a detached sign-in provider or a changed role counts
 * at once, whatever the cookie says.
 */
export async function getViewer(
  request: RequestWithCookies,
  _response: ServerResponse,
): Promise<Viewer | null> {
  const {sessionToken} = cookieNames()
  const token = await getToken({
    // It reads only cookies and headers.
    req: request as Parameters<typeof getToken>[0]['req'],
    secret: env().NEXTAUTH_SECRET,
    cookieName: sessionToken.name,
    secureCookie: sessionToken.options.secure === true,
  })
  const user = await findSessionUser(hostContext, token)
  if (user === null) return null
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: isAdmin(user.roles) ? 'ADMIN' : 'USER',
  }
}

/** Signs the browser out: takes its session cookie away. */
export function endSession(response: ServerResponse): void {
  const {name, options} = cookieNames().sessionToken
  const secure = options.secure === true ? '; Secure' : ''
  response.appendHeader('set-cookie', `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`)
}

/**
 * NextAuth's CSRF token for forms that post to it without JavaScript; sets its cookie when the browser has none. The
 * form is NextAuth 4's own: `token|sha256(token + secret)`.
 */
export async function getCsrfToken(request: RequestWithCookies, response: ServerResponse): Promise<string> {
  const {csrfToken: cookie} = cookieNames()
  const known = verifiedToken(request.cookies[cookie.name])
  if (known !== null) return known
  const token = randomBytes(32).toString('hex')
  const value = encodeURIComponent(`${token}|${hashOf(token)}`)
  const secure = cookie.options.secure === true ? '; Secure' : ''
  response.appendHeader('set-cookie', `${cookie.name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`)
  return token
}

function verifiedToken(value: string | undefined): string | null {
  const [token, hash] = (value ?? '').split('|')
  if (token === undefined || hash === undefined) return null
  const expected = Buffer.from(hashOf(token))
  const given = Buffer.from(hash)
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

function hashOf(token: string): string {
  return createHash('sha256').update(`${token}${env().NEXTAUTH_SECRET}`).digest('hex')
}

function cookieNames() {
  return authCookies({siteUrl: env().NEXTAUTH_URL, prefix: env().COOKIE_PREFIX})
}
