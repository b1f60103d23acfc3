import {encode} from 'next-auth/jwt'

/** Where the app believes to be: `Origin` of its own pages. */
export const SITE = 'http://localhost:3000'

export interface Browser {
  cookies: Map<string, string>
  /** GETs, following nothing. */
  get(url: string): Promise<Response>
  /** Sends a form of a page of this site, unless told otherwise. */
  post(url: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

/** A browser as far as these tests need one: keeps cookies, and says where a form comes from. */
export function createBrowser(): Browser {
  const cookies = new Map<string, string>()
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {...(cookie === '' ? {} : {cookie}), ...(init.headers as Record<string, string>)}
    const response = await fetch(url, {...init, headers, redirect: 'manual'})
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const ended = attributes.some((attribute) => /^max-age=0$/i.test(attribute))
      if (ended || pair.slice(at + 1) === '') cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  return {
    cookies,
    get: (url) => send(url, {}),
    post: (url, fields = {}, headers = {}) =>
      send(url, {
        method: 'POST',
        headers: {origin: SITE, 'content-type': 'application/x-www-form-urlencoded', ...headers},
        body: new URLSearchParams(fields).toString(),
      }),
  }
}

/** A browser that is signed in as this user, by an email link. */
export async function signedInAs(userId: string): Promise<Browser> {
  const browser = createBrowser()
  const token = await encode({
    token: {sub: userId, signedInBy: 'email'},
    secret: process.env.NEXTAUTH_SECRET ?? '',
  })
  browser.cookies.set('tt-test.session-token', token)
  return browser
}

/** Where a response sends the browser. */
export function locationOf(response: Response): string {
  return response.headers.get('location') ?? ''
}
