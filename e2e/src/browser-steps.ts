import type { Page } from 'playwright-core'
import { coursePath, firstLessonPath, firstLessonTitle } from './lesson.ts'
import { CARDS, type Scenario, sessionIdOf } from './scenario.ts'
import { waitUntil } from './wait-until.ts'

/**
 * What a person does in a browser, one function a step. The demo walks them, and the browser tests use the same ones, so
 * the demo can't show what isn't tested. Elements are found as a person finds them: by label and by name.
 */

/**
 * Goes to an address. A dev server that has just compiled a page may reload the one before it in that very moment, which
 * ends the navigation: then it is asked for once more.
 */
async function visit(page: Page, url: string): Promise<void> {
  try {
    await page.goto(url)
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('ERR_ABORTED')) throw error
    await page.goto(url)
  }
}

/** Signs in by email link: types the address, opens the mail, follows the link. */
export async function signInByEmail(
  page: Page,
  scenario: Scenario,
  app: 'tt' | 'ah',
  email: string,
): Promise<void> {
  const before = new Set((await scenario.inbox.mailsTo(email)).map(({ id }) => id))
  await visit(page, `${scenario.info[app].url}/sign-in`)
  await page.getByLabel(/^Email/).fill(email)
  await page.getByRole('button', { name: 'Email me a link' }).click()
  await page.waitForURL(/check-your-email/)
  await visit(page, await scenario.inbox.waitForSignInLink(app, email, before))
}

/** Signs in with one press on the GitHub sandbox. */
export async function signInWithGithub(
  page: Page,
  scenario: Scenario,
  app: 'tt' | 'ah',
  login: string,
): Promise<void> {
  await visit(page, `${scenario.info[app].url}/sign-in`)
  await page.getByRole('button', { name: /Continue with GitHub/ }).click()
  await page.waitForURL((url) => url.href.startsWith(scenario.info.github.url))
  await page.getByRole('button', { name: new RegExp(login) }).click()
  await page.waitForURL((url) => url.href.startsWith(scenario.info[app].url))
}

/** From the product page to Stripe's hosted page; returns the Checkout session's id. */
export async function openCheckout(page: Page, scenario: Scenario): Promise<string> {
  await visit(page, `${scenario.info.tt.url}/products/typescript-plus-ai`)
  await page.getByRole('button', { name: /^Buy/ }).click()
  await page.waitForURL(/\/c\/pay\//)
  return sessionIdOf(page.url())
}

/** Fills in the hosted page and presses Pay. */
export async function payByCard(page: Page, options: { card?: string; email?: string } = {}): Promise<void> {
  if (options.email !== undefined) await page.getByLabel('Email').fill(options.email)
  await page.getByLabel('Card number').fill(options.card ?? CARDS.success)
  await page.getByLabel(/^Expir/).fill('12 / 34')
  await page.getByLabel(/^CVC/).fill('123')
  await page.getByLabel(/name on card|cardholder/i).fill('Test Buyer')
  await page.getByRole('button', { name: /^Pay / }).click()
}

/** Waits on the thank-you page until it says, by itself, what becomes of the AI Hero courses. */
export async function waitForThankYou(page: Page, label: RegExp, count: number): Promise<void> {
  await page.waitForURL(/\/thanks\?session_id=/)
  await waitUntil(
    `the thank-you page to show ${label.source} ${count} times`,
    async () => (await page.locator('main').getByText(label).count()) >= count,
  )
}

/** Opens the first lesson of the AI Hero course; says whether its text is there to read. */
export async function openLesson(page: Page, scenario: Scenario): Promise<boolean> {
  await visit(page, `${scenario.info.ah.url}${firstLessonPath}`)
  await page.getByRole('heading', { level: 1, name: firstLessonTitle }).waitFor()
  return (await page.locator('[data-access="open"]').count()) === 1
}

/** The course's page, whether or not it is open. */
export async function openCourse(page: Page, scenario: Scenario): Promise<void> {
  await visit(page, `${scenario.info.ah.url}${coursePath}`)
}

/** Refunds a payment in full from Stripe's dashboard page, as support does. */
export async function refundOnDashboard(page: Page, scenario: Scenario, email: string): Promise<void> {
  await visit(page, `${scenario.info.stripe.url}/dashboard/tt`)
  await page
    .getByRole('link', { name: new RegExp(email.replaceAll('.', '\\.')) })
    .first()
    .click()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await page.waitForURL(/notice=refunded/)
}

/** Reloads the lesson until it is closed, and says how the page explains it. */
export async function waitForLessonClosed(page: Page, scenario: Scenario): Promise<void> {
  await waitUntil('the lesson to be closed', async () => !(await openLesson(page, scenario)), 20_000, 100)
}
