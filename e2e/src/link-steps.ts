import type { Page } from 'playwright-core'
import { firstLessonTitle } from './lesson.ts'
import type { ProviderUser } from './providers.ts'
import type { Scenario } from './scenario.ts'

/** What a person does to link, unlink and claim, one function a step; the pages' own words are what finds the buttons. */

const PROVIDER_NAMES = { github: 'GitHub', discord: 'Discord' } as const

/** Signs in with a provider, as this person, and ends where the app leads. */
export async function signInWith(
  page: Page,
  scenario: Scenario,
  app: 'tt' | 'ah',
  user: ProviderUser,
): Promise<void> {
  await page.goto(`${scenario.info[app].url}/sign-in`)
  await passProvider(page, scenario, app, user)
}

/** From a sign-in page that is open, past the provider and back. */
export async function passProvider(
  page: Page,
  scenario: Scenario,
  app: 'tt' | 'ah',
  user: ProviderUser,
): Promise<void> {
  await page.getByRole('button', { name: `Continue with ${PROVIDER_NAMES[user.provider]}` }).click()
  await page.waitForURL((url) => url.href.startsWith(scenario.info[user.provider].url))
  await page.getByRole('button', { name: new RegExp(user.handle) }).click()
  await page.waitForURL((url) => url.href.startsWith(scenario.info[app].url))
}

/** From Total TypeScript's account page to AI Hero; it asks who one is there when it doesn't know yet. */
export async function startLink(page: Page, scenario: Scenario): Promise<void> {
  await page.goto(`${scenario.info.tt.url}/account`)
  await pressLink(page, scenario)
}

/** The same from the account page that is open. */
export async function pressLink(page: Page, scenario: Scenario): Promise<void> {
  await page.locator('#ai-hero').getByRole('button', { name: 'Link your AI Hero account' }).click()
  await page.waitForURL((url) => url.href.startsWith(scenario.info.ah.url))
}

/** Waits for the page that shows both identities. */
export async function waitForReview(page: Page): Promise<void> {
  await page.waitForURL(/\/account-link\/review/)
  await page.getByRole('heading', { name: 'Link your accounts' }).waitFor()
}

/** Says yes to both identities. */
export async function acceptLink(page: Page): Promise<void> {
  await waitForReview(page)
  await page.getByRole('button', { name: 'Link accounts' }).click()
  await page.waitForURL(/\/account-link\/done/)
  await page.getByRole('heading', { name: 'Your accounts are linked' }).waitFor()
}

/** Follows the done page's link into the course; says whether the lesson's text is there to read. */
export async function openLessonFromDone(page: Page): Promise<boolean> {
  await page.locator('main a[href*="/courses/"]').first().click()
  await page.getByRole('heading', { level: 1, name: firstLessonTitle }).waitFor()
  return (await page.locator('[data-access="open"]').count()) === 1
}

/** Ends the link on Total TypeScript's account page. */
export async function unlinkOnTt(page: Page, scenario: Scenario): Promise<void> {
  await page.goto(`${scenario.info.tt.url}/account`)
  await page.locator('#ai-hero').getByRole('button', { name: 'Unlink' }).click()
  await page.getByRole('heading', { name: 'Unlink from AI Hero?' }).waitFor()
  await page.getByRole('button', { name: 'Yes, unlink' }).click()
}

/** Ends the link in AI Hero's profile. */
export async function unlinkOnAh(page: Page, scenario: Scenario): Promise<void> {
  await page.goto(`${scenario.info.ah.url}/profile`)
  await pressUnlinkOnAh(page)
  await page.waitForURL(/\/profile\/unlink/)
  await page.getByRole('button', { name: 'Yes, unlink' }).click()
  await page.waitForURL(/\/profile(\?|$)/)
}

async function pressUnlinkOnAh(page: Page): Promise<void> {
  const way = page.getByRole('button', { name: 'Unlink' }).or(page.getByRole('link', { name: 'Unlink' }))
  await way.first().click()
}

/** Deletes the account on one app, by the buttons of its settings. */
export async function deleteAccount(page: Page, scenario: Scenario, app: 'tt' | 'ah'): Promise<void> {
  await page.goto(`${scenario.info[app].url}${app === 'tt' ? '/account' : '/profile'}`)
  const way = page
    .getByRole('button', { name: 'Delete account' })
    .or(page.getByRole('link', { name: 'Delete account' }))
  await way.first().click()
  await page.getByRole('button', { name: 'Yes, delete my account' }).click()
  await page.waitForURL((url) => !/delete/.test(url.pathname) || url.pathname === '/account-deleted')
}

/** Follows "this wasn't me" of a mail and presses the button it leads to. */
export async function undoLink(page: Page, linkOfMail: string): Promise<void> {
  await page.goto(linkOfMail)
  await page.getByRole('button', { name: 'Undo the link' }).click()
}
