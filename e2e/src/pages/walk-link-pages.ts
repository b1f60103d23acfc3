import type { Page } from 'playwright-core'
import { openCourse, openLesson } from '../browser-steps.ts'
import { boughtAsGuest } from '../buyers.ts'
import { linkIn } from '../inbox.ts'
import { createLinkState } from '../link-state.ts'
import { acceptLink, deleteAccount, startLink, waitForReview } from '../link-steps.ts'
import { MAILS } from '../mails.ts'
import { signInQuietly } from '../quiet-sign-in.ts'
import type { Scenario } from '../scenario.ts'
import type { Look } from './look.ts'

/**
 * Leads one person through every page of both apps on the way from a guest's purchase to linked accounts and back out,
 * and stops at each: for whoever wants to look at all of them, in all states.
 *
 * @param showTo is called with each page's name while the page is shown
 */
export async function walkLinkPages(page: Page, scenario: Scenario, showTo: Look): Promise<void> {
  const look = (name: string): Promise<void> => showTo(name, page)
  const { tt, ah } = scenario.info
  const links = createLinkState(scenario.databases)
  const show = async (name: string, url: string): Promise<void> => {
    await page.goto(url)
    await look(name)
  }

  for (const [name, url] of [
    ['tt-home', tt.url],
    ['tt-product', `${tt.url}/products/typescript-plus-ai`],
    ['tt-product-course', `${tt.url}/products/typescript-pro-essentials`],
    ['tt-checkout-upsell', `${tt.url}/checkout/typescript-pro-essentials`],
    ['tt-sign-in', `${tt.url}/sign-in`],
    ['tt-sign-in-refused', `${tt.url}/sign-in?error=ProviderEmailMissing`],
    ['tt-check-your-email', `${tt.url}/check-your-email`],
    ['tt-auth-error', `${tt.url}/auth-error?error=Verification`],
    ['tt-confirm-email-invalid', `${tt.url}/confirm-email`],
    ['ah-home', ah.url],
    ['ah-sign-in', `${ah.url}/sign-in`],
    ['ah-auth-error', `${ah.url}/auth-error?error=ProviderEmailMissing`],
    ['ah-check-your-email', `${ah.url}/check-your-email`],
    ...[
      'token-expired',
      'token-used',
      'seller-linked-elsewhere',
      'granter-linked-elsewhere',
      'form-expired',
    ].map((reason) => [`ah-problem-${reason}`, `${ah.url}/account-link/problem?reason=${reason}`] as const),
  ] as const) {
    await show(name, url)
  }
  await openCourse(page, scenario)
  await look('ah-course-closed')

  const email = scenario.newEmail()
  const { userId, checkoutSessionId } = await boughtAsGuest(scenario, email)
  await show('tt-thanks-unconfirmed', `${tt.url}/thanks?session_id=${checkoutSessionId}`)
  const receipt = await scenario.inbox.waitForMail(email, MAILS['tt receipt'])
  await show('tt-confirm-email', linkIn(receipt, '/confirm-email'))
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await page.waitForURL(/\/account/)
  await look('tt-account-confirmed')
  await show('tt-thanks-waiting', `${tt.url}/thanks?session_id=${checkoutSessionId}`)
  await show('tt-account-not-linked', `${tt.url}/account?link=ai-hero`)
  await show('tt-account-still-unlinking', `${tt.url}/account?problem=still-unlinking`)

  const pending = await scenario.inbox.waitForMail(email, MAILS['ah pending'])
  await signInQuietly(page.context(), scenario, 'ah', email)
  await show('ah-claim', linkIn(pending, ah.url))
  await show('ah-home-waiting', ah.url)
  await show('ah-profile-not-linked', `${ah.url}/profile`)

  await startLink(page, scenario)
  await waitForReview(page)
  await look('ah-review')
  await acceptLink(page)
  await look('ah-done')
  const viewer = await links.userOf('ah', email)
  await links.waitForLink(userId, viewer?.id ?? '')
  await show('ah-profile-linked', `${ah.url}/profile`)
  await show('ah-claim-linked', `${ah.url}/claim`)
  await openLesson(page, scenario)
  await look('ah-lesson')
  await show('ah-profile-unlink', `${ah.url}/profile/unlink`)
  await show('ah-profile-delete', `${ah.url}/profile/delete`)
  await show('tt-account-linked', `${tt.url}/account`)
  await show('tt-account-unlink', `${tt.url}/account?confirm=unlink`)
  await show('tt-account-delete', `${tt.url}/account?confirm=delete`)
  await show('tt-thanks-ready', `${tt.url}/thanks?session_id=${checkoutSessionId}`)

  const mailOfTt = await scenario.inbox.waitForMail(email, MAILS['tt linked'])
  const mailOfAh = await scenario.inbox.waitForMail(email, MAILS['ah linked'])
  await show('tt-not-me', linkIn(mailOfTt, '/account-link/not-me'))
  await show('ah-undo', linkIn(mailOfAh, '/account-link/not-me'))
  await page.getByRole('button', { name: 'Undo the link' }).click()
  await page.waitForURL(/\/account-link\/undone/)
  await look('ah-undone')
  await links.waitForUnlink(userId)
  await show('tt-account-unlinked', `${tt.url}/account`)
  await openLesson(page, scenario)
  await look('ah-lesson-closed')

  await deleteAccount(page, scenario, 'tt')
  await look('tt-account-deleted')
  await deleteAccount(page, scenario, 'ah')
  await look('ah-account-deleted')
}
