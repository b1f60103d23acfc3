import makeFetchCookie from 'fetch-cookie'
import { fetchOnThisMachine } from './fetch-on-this-machine.ts'

/** Headers by which a page tells the server where a form comes from. */
export type FormSource = { origin?: string; referer?: string; 'sec-fetch-site'?: string }

/** One browser's worth of cookies, without a browser: for tests and benches that buy thousands of times. */
export type HttpSession = {
  get(url: string): Promise<Response>
  /** One answer, whatever it is: a redirect is not followed. */
  getOnce(url: string): Promise<Response>
  /** Posts a form as the app's own page would: same origin, following redirects. */
  postForm(url: string, fields: Record<string, string>): Promise<Response>
  /** One answer to a form, as some page would send it: the app's own unless told. */
  postFormOnce(url: string, fields: Record<string, string>, from?: FormSource): Promise<Response>
  /** Posts a form and returns where it redirects to, without going there. */
  postFormForLocation(url: string, fields: Record<string, string>): Promise<string>
  /** The cookies that a request to this address carries, by name. */
  cookiesFor(url: string): Promise<Record<string, string>>
  setCookie(cookie: string, url: string): Promise<void>
}

export function createHttpSession(): HttpSession {
  const fetchWithCookies = makeFetchCookie(fetchOnThisMachine)
  const { cookieJar } = fetchWithCookies
  const post = (
    url: string,
    fields: Record<string, string>,
    redirect: 'follow' | 'manual',
    from: FormSource = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' },
  ) =>
    fetchWithCookies(url, {
      method: 'POST',
      redirect,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...from },
      body: new URLSearchParams(fields).toString(),
    })

  return {
    get: (url) => fetchWithCookies(url),
    getOnce: (url) => fetchWithCookies(url, { redirect: 'manual' }),
    postForm: (url, fields) => post(url, fields, 'follow'),
    postFormOnce: (url, fields, from) => post(url, fields, 'manual', from),
    async postFormForLocation(url, fields) {
      const response = await post(url, fields, 'manual')
      const location = response.headers.get('location')
      if (location === null) {
        throw new Error(
          `${url} answered ${response.status} and no redirect: ${(await response.text()).slice(0, 300)}`,
        )
      }
      return new URL(location, url).toString()
    },
    async cookiesFor(url) {
      const pairs = (await cookieJar.getCookieString(url)).split('; ').filter((pair) => pair !== '')
      return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]))
    },
    async setCookie(cookie, url) {
      await cookieJar.setCookie(cookie, url, { ignoreError: false })
    },
  }
}
