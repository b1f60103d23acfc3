import type { Page } from 'playwright-core'
import {
  openCheckout,
  openLesson,
  payByCard,
  refundOnDashboard,
  waitForLessonClosed,
  waitForThankYou,
} from '../browser-steps.ts'
import { signInQuietly } from '../quiet-sign-in.ts'
import { CARDS, type Scenario } from '../scenario.ts'
import type { Look } from './look.ts'

/** AI Hero courses in the bundle. */
const COURSES = 2

/**
 * Follows a purchase by someone with linked accounts and its refund through both apps and Stripe's stand-in, and stops at
 * each page on the way.
 *
 * @param support the browser page of somebody else, who refunds
 * @returns the purchase, refunded on both sides
 */
export async function walkShopPages(
  page: Page,
  support: Page,
  scenario: Scenario,
  look: Look,
): Promise<{ purchaseId: string; email: string }> {
  const { tt, ah, stripe } = scenario.info
  const dashboard = `${stripe.url}/dashboard/tt`
  const buyer = await scenario.newLinkedBuyer()
  await signInQuietly(page.context(), scenario, 'tt', buyer.ttEmail)

  const checkoutSessionId = await openCheckout(page, scenario)
  await look('stripe-checkout', page)
  await payByCard(page, { card: CARDS.declined })
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor()
  await look('stripe-checkout-declined', page)
  await payByCard(page)
  await waitForThankYou(page, /^Ready/, COURSES)
  await page.getByRole('heading', { name: 'On Total TypeScript' }).waitFor()
  await look('tt-thanks', page)
  await page.goto(`${tt.url}/account`)
  await look('tt-account-bought', page)

  await signInQuietly(page.context(), scenario, 'ah', buyer.ahEmail)
  if (!(await openLesson(page, scenario))) throw new Error('The lesson is closed.')
  await look('ah-lesson', page)
  await page.goto(`${ah.url}/profile`)
  await page.getByRole('heading', { name: 'My courses' }).waitFor()
  await look('ah-profile', page)

  const purchase = await scenario.waitForPurchase(checkoutSessionId)
  await support.goto(stripe.url)
  await look('stripe-home', support)
  await support.goto(dashboard)
  await look('stripe-payments', support)
  await refundOnDashboard(support, scenario, buyer.ttEmail)
  await scenario.waitForSyncs(purchase.id, 'revoked')
  await support.reload()
  await look('stripe-payment', support)
  for (const [name, path] of [
    ['stripe-checkouts', '/checkouts'],
    ['stripe-events', '/events'],
    ['stripe-webhooks', '/webhooks'],
  ] as const) {
    await support.goto(`${dashboard}${path}`)
    await look(name, support)
  }
  await support.goto(`${dashboard}/events`)
  await support
    .getByRole('link', { name: /charge\.refunded/ })
    .first()
    .click()
  await support.waitForURL(/\/events\/evt_/)
  await look('stripe-event', support)

  await waitForLessonClosed(page, scenario)
  await look('ah-lesson-refunded', page)
  await page.goto(`${tt.url}/account`)
  await look('tt-account-refunded', page)
  return { purchaseId: purchase.id, email: buyer.ttEmail }
}
