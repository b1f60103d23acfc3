import makeFetchCookie from 'fetch-cookie'

/** One browser's worth of cookies, without a browser: for tests and benches that buy thousands of times. */
export type HttpSession = {
  get(url: string): Promise<Response>
  /** Posts a form as the app's own page would: same origin, following redirects. */
  postForm(url: string, fields: Record<string, string>): Promise<Response>
  /** Posts a form and returns where it redirects to, without going there. */
  postFormForLocation(url: string, fields: Record<string, string>): Promise<string>
}

export function createHttpSession(): HttpSession {
  const fetchWithCookies = makeFetchCookie(fetch)
  const post = (url: string, fields: Record<string, string>, redirect: 'follow' | 'manual') =>
    fetchWithCookies(url, {
      method: 'POST',
      redirect,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(url).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams(fields).toString(),
    })

  return {
    get: (url) => fetchWithCookies(url),
    postForm: (url, fields) => post(url, fields, 'follow'),
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
  }
}
