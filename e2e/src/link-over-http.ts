import type { Person } from './buyers.ts'
import type { HttpSession } from './http-session.ts'
import type { Scenario } from './scenario.ts'

/**
 * The explicit link without a browser: the same addresses, forms and cookies. For tests that need linked people, and
 * for attacks that no button sends.
 */

/** Asks Total TypeScript for a link; returns the address on AI Hero, token and all. */
export async function askForLink(
  scenario: Scenario,
  session: HttpSession,
  returnTo?: string,
): Promise<string> {
  return session.postFormForLocation(
    `${scenario.info.tt.url}/api/account-link/initiate`,
    returnTo === undefined ? {} : { returnTo },
  )
}

/** Opens that address as somebody on AI Hero; returns the review page's hidden fields, or null when there is no form. */
export async function openReview(
  scenario: Scenario,
  session: HttpSession,
  confirmUrl: string,
): Promise<{ fields: Record<string, string> | null; html: string }> {
  const first = await session.getOnce(confirmUrl)
  await first.text()
  const html = await (await session.get(`${scenario.info.ah.url}/account-link/review`)).text()
  return { fields: acceptFieldsOf(html), html }
}

function acceptFieldsOf(html: string): Record<string, string> | null {
  const form = /<form[^>]*action="\/account-link\/accept"[^>]*>(.*?)<\/form>/s.exec(html)
  if (!form) return null
  const fields: Record<string, string> = {}
  for (const [input] of (form[1] ?? '').matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? ''
  }
  return fields
}

/** Says yes on the review page; returns where that led. */
export async function accept(
  scenario: Scenario,
  session: HttpSession,
  fields: Record<string, string>,
): Promise<string> {
  return session.postFormForLocation(`${scenario.info.ah.url}/account-link/accept`, fields)
}

/** Links two signed-in people by the pages' own forms. */
export async function linkOverHttp(scenario: Scenario, onTt: Person, onAh: Person): Promise<void> {
  const confirmUrl = await askForLink(scenario, onTt.session)
  const { fields } = await openReview(scenario, onAh.session, confirmUrl)
  if (fields === null) throw new Error('The review page has no form.')
  const target = await accept(scenario, onAh.session, fields)
  if (!new URL(target).pathname.startsWith('/account-link/done')) {
    throw new Error(`The accounts were not linked: ${new URL(target).pathname}${new URL(target).search}`)
  }
}
