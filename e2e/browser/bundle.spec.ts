import { expect, test } from '@playwright/test'
import {
  openCheckout,
  openLesson,
  payByCard,
  refundOnDashboard,
  signInByEmail,
  signInWithGithub,
  waitForLessonClosed,
  waitForThankYou,
} from '../src/browser-steps.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { CARDS } from '../src/scenario.ts'

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

test('a linked buyer pays, sees AI Hero become ready without reloading, reads a lesson, and loses it by a refund', async ({
  page,
}) => {
  const buyer = await fixture.newLinkedBuyer()
  await signInByEmail(page, fixture, 'tt', buyer.ttEmail)
  await openCheckout(page, fixture)
  await payByCard(page)
  await waitForThankYou(page, /^Ready/, 2)

  await signInByEmail(page, fixture, 'ah', buyer.ahEmail)
  expect(await openLesson(page, fixture)).toBe(true)
  await page.goto(`${fixture.info.ah.url}/profile`)
  await expect(page.getByText(/Total TypeScript bundle/i).first()).toBeVisible()

  await refundOnDashboard(page, fixture, buyer.ttEmail)
  await waitForLessonClosed(page, fixture)
  await page.goto(`${fixture.info.tt.url}/account`)
  await expect(page.getByText(/Refunded/).first()).toBeVisible()
})

test('a buyer without a link sees what they have to do, and AI Hero stays closed', async ({ page }) => {
  const email = fixture.newEmail()
  await signInByEmail(page, fixture, 'tt', email)
  await openCheckout(page, fixture)
  await payByCard(page)
  await waitForThankYou(page, /^Waiting for you/, 2)
  await signInByEmail(page, fixture, 'ah', email)
  expect(await openLesson(page, fixture)).toBe(false)
})

test('a declined card says why, and the next one works', async ({ page }) => {
  await signInByEmail(page, fixture, 'tt', fixture.newEmail())
  await openCheckout(page, fixture)
  await payByCard(page, { card: CARDS.declined })
  await expect(page.getByRole('alert').filter({ hasText: 'declined' })).toBeVisible()
  await payByCard(page)
  await page.waitForURL(/\/thanks/)
})

test('a guest pays and is asked to confirm the address before anything opens', async ({ page }) => {
  await openCheckout(page, fixture)
  await payByCard(page, { email: fixture.newEmail() })
  await page.waitForURL(/\/thanks/)
  await expect(page.getByText(/confirm/i).first()).toBeVisible()
})

test('Ada is linked and Ben is not, one press on GitHub each', async ({ page, browser }) => {
  await signInWithGithub(page, fixture, 'tt', 'ada-park')
  await page.goto(`${fixture.info.tt.url}/account`)
  await expect(page.getByText(/linked/i).first()).toBeVisible()
  const other = await browser.newPage()
  await signInWithGithub(other, fixture, 'ah', 'ben-osei')
  await other.goto(`${fixture.info.ah.url}/profile`)
  await expect(other.getByText(/not linked/i).first()).toBeVisible()
  await other.close()
})

test('support sees a purchase’s whole timeline, and nobody else finds the page', async ({
  page,
  browser,
}) => {
  const buyer = await fixture.newLinkedBuyer()
  const session = await fixture.signInByEmail('tt', buyer.ttEmail)
  const { checkoutSessionId } = await fixture.buyBundle(session)
  const purchase = await fixture.waitForPurchase(checkoutSessionId)
  await fixture.waitForSyncs(purchase.id, 'synced')

  await signInWithGithub(page, fixture, 'tt', 'sam-ruiz')
  await page.goto(`${fixture.info.tt.url}/admin/syncs`)
  await page.goto(`${fixture.info.tt.url}/admin/syncs/${purchase.id}`)
  await expect(page.getByText('AI Hero').first()).toBeVisible()
  await expect(page.locator('main')).toContainText(purchase.id)

  const stranger = await browser.newPage()
  await stranger.goto(`${fixture.info.tt.url}/admin/syncs/${purchase.id}`)
  expect(new URL(stranger.url()).pathname).toBe('/sign-in')
  await signInByEmail(stranger, fixture, 'tt', buyer.ttEmail)
  const alsoRefused = await stranger.goto(`${fixture.info.tt.url}/admin/syncs`)
  expect(alsoRefused?.status()).toBe(404)
  await stranger.close()
})
