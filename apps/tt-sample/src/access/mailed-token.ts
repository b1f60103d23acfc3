import type {GetServerSidePropsContext, GetServerSidePropsResult} from 'next'
import {firstValue} from '../components/first-value'
import {env} from '../server/env'

/** Enough to read a page and press its button. */
const MAX_AGE_SECONDS = 15 * 60

export type MailedToken =
  /** The page's own address, without the token. */
  | {kind: 'moved'; answer: Extract<GetServerSidePropsResult<never>, {redirect: unknown}>}
  | {kind: 'here'; token: string | null}

/**
 * Takes the token of a mailed link out of the address before anything is shown: into a cookie that scripts can't read,
 * for this page only. So it stays out of the history, out of `Referer`, and out of what is copied from the address bar.
 * The page itself never leaves a trace elsewhere: not cached, not indexed.
 *
 * @param path of the page
 */
export function takeMailedToken(
  {req, res, query}: GetServerSidePropsContext,
  {path}: {path: string},
): MailedToken {
  res.setHeader('cache-control', 'no-store')
  res.setHeader('x-robots-tag', 'noindex')
  const name = cookieName(path)
  const token = firstValue(query.token)
  if (token !== '') {
    res.setHeader('referrer-policy', 'no-referrer')
    setCookie(res, `${name}=${encodeURIComponent(token)}; Max-Age=${MAX_AGE_SECONDS}`)
    // The server's own log of requests would print the query when the answer ends.
    req.url = path
    return {kind: 'moved', answer: {redirect: {destination: path, statusCode: 303}}}
  }
  // Not `no-referrer`: under it a browser says `Origin: null` with the page's own form.
  res.setHeader('referrer-policy', 'same-origin')
  const kept = req.cookies[name]
  return {kind: 'here', token: kept === undefined || kept === '' ? null : kept}
}

/** Forgets the token: it has been used, or is good for nothing. */
export function dropMailedToken({res}: Pick<GetServerSidePropsContext, 'res'>, {path}: {path: string}): void {
  setCookie(res, `${cookieName(path)}=; Max-Age=0`)
}

function setCookie(res: GetServerSidePropsContext['res'], cookie: string): void {
  res.appendHeader('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`)
}

function cookieName(path: string): string {
  return `${isSecure() ? '__Host-' : ''}${env().COOKIE_PREFIX}${path.replaceAll('/', '.')}`
}

function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith('https://')
}
