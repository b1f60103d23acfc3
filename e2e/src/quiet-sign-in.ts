import type { BrowserContext } from 'playwright-core'
import type { HttpSession } from './http-session.ts'
import type { Scenario } from './scenario.ts'

/**
 * Signs a browser in by an email link that is followed outside it: for tests in which signing in is not what is tried,
 * a second quicker than typing the address.
 */
export async function signInQuietly(
  context: BrowserContext,
  scenario: Scenario,
  app: 'tt' | 'ah',
  email: string,
): Promise<HttpSession> {
  const session = await scenario.signInByEmail(app, email)
  const { url } = scenario.info[app]
  const cookies = await session.cookiesFor(url)
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({
      name,
      value,
      domain: new URL(url).hostname,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax' as const,
    })),
  )
  return session
}
