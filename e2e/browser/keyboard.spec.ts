import { expect, type Page, test } from '@playwright/test'
import { boughtBundle, newPerson } from '../src/buyers.ts'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { linkOverHttp } from '../src/link-over-http.ts'
import { waitForReview } from '../src/link-steps.ts'
import { signInQuietly } from '../src/quiet-sign-in.ts'

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

test('the whole way, not linked to lesson, works by keyboard alone', async ({ page, context }) => {
  const user = await fixture.providers.newUser('github', fixture.newEmail())
  const buyer = await newPerson(fixture, 'tt')
  await boughtBundle(fixture, buyer.session)
  await signInQuietly(context, fixture, 'tt', buyer.email)
  await page.goto(`${fixture.info.tt.url}/account`)
  await tabTo(page, /^Link your AI Hero account$/)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href.startsWith(fixture.info.ah.url))
  await tabTo(page, /^Continue with GitHub$/)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href.startsWith(fixture.info.github.url))
  await tabTo(page, new RegExp(user.handle), 1_000)
  await page.keyboard.press('Enter')
  await waitForReview(page)
  await tabTo(page, /^Link accounts$/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/account-link\/done/)
  await tabTo(page, /./, 100, 'main a[href*="/courses/"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/courses\//)
  await expect(page.locator('[data-access="open"]')).toHaveCount(1)
})

/** Presses Tab until the focus is on an element with that text, as somebody without a mouse does. */
async function tabTo(page: Page, text: RegExp, most = 100, selector?: string): Promise<void> {
  await page.locator('h1').first().waitFor()
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    const reached = await page.evaluate((wanted) => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      if (wanted !== undefined && !element.matches(wanted)) return null
      // A control that can't be seen while it has the focus can't be used by keyboard.
      const style = getComputedStyle(element)
      const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      return { text: (element.textContent ?? '').trim().replaceAll(/\s+/g, ' '), shown }
    }, selector)
    if (reached !== null && text.test(reached.text)) {
      expect(reached.shown, `the focus ring of "${reached.text}"`).toBe(true)
      return
    }
  }
  throw new Error(`The Tab key never reached ${text.source}.`)
}

test('unlinking on either app works by keyboard alone', async ({ page, context }) => {
  for (const app of ['tt', 'ah'] as const) {
    const [onTt, onAh] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
    await linkOverHttp(fixture, onTt, onAh)
    await fixture.links.waitForLink(onTt.userId, onAh.userId)
    await signInQuietly(context, fixture, app, app === 'tt' ? onTt.email : onAh.email)
    await page.goto(`${fixture.info[app].url}${app === 'tt' ? '/account' : '/profile'}`)
    await tabTo(page, /^Unlink$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/unlink/)
    await tabTo(page, /^Yes, unlink$/)
    await page.keyboard.press('Enter')
    await fixture.links.waitForUnlink(onTt.userId)
  }
})
