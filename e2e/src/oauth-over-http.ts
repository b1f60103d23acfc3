import { createHttpSession, type HttpSession } from './http-session.ts'
import type { Provider, ProviderUser } from './providers.ts'
import type { Scenario } from './scenario.ts'

/**
 * An OAuth sign-in in its single steps, so that a test can mix them up: the app sends the browser to the provider, the
 * person says who they are, the provider sends the browser back with a code.
 */

/** Begins a sign-in in this session; returns the provider's address that the browser is sent to. */
export async function beginSignIn(
  scenario: Scenario,
  session: HttpSession,
  app: 'tt' | 'ah',
  provider: Provider,
): Promise<string> {
  const { url } = scenario.info[app]
  const { csrfToken } = (await (await session.get(`${url}/api/auth/csrf`)).json()) as { csrfToken: string }
  return session.postFormForLocation(`${url}/api/auth/signin/${provider}`, { csrfToken, callbackUrl: url })
}

/** The person chooses themselves on the provider's page; returns the app's address that the browser is sent back to. */
export async function approveAs(authorizeUrl: string, user: ProviderUser): Promise<string> {
  return createHttpSession().postFormForLocation(authorizeUrl, { user_id: user.id })
}

/** Opens an address of the app and follows it to the end; says where that is. */
export async function follow(session: HttpSession, url: string): Promise<URL> {
  const response = await session.get(url)
  await response.text()
  return new URL(response.url)
}

/** The whole sign-in, as it should be. */
export async function signInWithProvider(
  scenario: Scenario,
  session: HttpSession,
  app: 'tt' | 'ah',
  user: ProviderUser,
): Promise<URL> {
  const authorizeUrl = await beginSignIn(scenario, session, app, user.provider)
  return follow(session, await approveAs(authorizeUrl, user))
}

/** The address of whoever is signed in in this session, as the app's own page shows it; null for nobody. */
export async function signedInAs(
  scenario: Scenario,
  session: HttpSession,
  app: 'tt' | 'ah',
): Promise<string | null> {
  const path = app === 'tt' ? '/account' : '/profile'
  const response = await session.get(`${scenario.info[app].url}${path}`)
  const html = await response.text()
  if (new URL(response.url).pathname === '/sign-in') return null
  if (new URL(response.url).pathname !== path) throw new Error(`${path} led to ${response.url}.`)
  const shown = /<header[\s\S]*?<h1[\s\S]*?<p[^>]*>([^<]+@[^<]+)<\/p>/.exec(html)?.[1]
  if (shown === undefined) throw new Error(`${path} shows nobody's address.`)
  return shown
}
