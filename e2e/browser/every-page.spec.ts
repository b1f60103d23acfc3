import { expect, type Page, test } from '@playwright/test'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { findProblems, overflowOnAPhone, seriousProblems } from '../src/pages/find-problems.ts'
import type { Look } from '../src/pages/look.ts'
import { walkAhAdminPages } from '../src/pages/walk-ah-admin-pages.ts'
import { walkLinkPages } from '../src/pages/walk-link-pages.ts'
import { walkShopPages } from '../src/pages/walk-shop-pages.ts'
import { walkStandInPages } from '../src/pages/walk-stand-in-pages.ts'
import { walkTtAdminPages } from '../src/pages/walk-tt-admin-pages.ts'
import { photographPage } from '../src/screens/photograph-page.ts'
import { show } from '../src/screens/take-picture.ts'

/**
 * Every page of both apps and of the stand-ins, in every state that a person can meet: axe finds nothing serious in light
 * or dark, and nothing is wider than a phone. With `npm run e2e -- --screens` each is photographed, too.
 */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

/** Where pictures go; none are taken without it. */
const PICTURES = process.env.E2E_SCREENS

/** Some forty pages one after the other; four pictures of each take longer than looking at it. */
const PATIENCE_MS = PICTURES ? 600_000 : 180_000

function createInspection(): { look: Look; seen: string[]; problems: string[] } {
  const seen: string[] = []
  const problems: string[] = []
  return {
    seen,
    problems,
    async look(name: string, page) {
      await page.locator('h1').first().waitFor()
      seen.push(name)
      for (const problem of await findProblems(page as Page)) problems.push(`${name}: ${problem}`)
      if (!PICTURES) return
      await photographPage(page, name, PICTURES)
      await show(page, { scheme: 'light', size: 'wide' })
    },
  }
}

test('every page on the way to linked accounts and back can be read by everyone', async ({ page }) => {
  test.setTimeout(PATIENCE_MS)
  const { look, seen, problems } = createInspection()
  await walkLinkPages(page, fixture, look)
  expect(problems).toEqual([])
  expect(seen.length).toBeGreaterThan(30)
})

test('every page of a purchase and its refund can be read by everyone', async ({ page, browser }) => {
  test.setTimeout(PATIENCE_MS)
  const { look, seen, problems } = createInspection()
  const elsewhere = await browser.newContext()
  await walkShopPages(page, await elsewhere.newPage(), fixture, look)
  await elsewhere.close()
  expect(problems).toEqual([])
  expect(seen.length).toBeGreaterThan(12)
})

test('the home page and every page of the stand-ins for Inngest, Discord and GitHub can be read by everyone', async ({
  page,
}) => {
  test.setTimeout(PATIENCE_MS)
  const { look, seen, problems } = createInspection()
  await walkStandInPages(page, fixture, look)
  expect(problems).toEqual([])
  expect(seen.length).toBeGreaterThan(6)
})

test('every admin page of Total TypeScript can be read by everyone', async ({ page }) => {
  test.setTimeout(PATIENCE_MS)
  const { look, seen, problems } = createInspection()
  await walkTtAdminPages(page, fixture, look)
  expect(problems).toEqual([])
  expect(seen.length).toBeGreaterThan(15)
})

test('every page of AI Hero’s admin can be read by everyone', async ({ page }) => {
  test.setTimeout(PATIENCE_MS)
  const { look, seen, problems } = createInspection()
  await walkAhAdminPages(page, fixture, look)
  expect(problems).toEqual([])
  expect(seen.length).toBeGreaterThan(14)
})

test('control: a field without a label, text without contrast and a line that is too long are seen', async ({
  page,
}) => {
  await page.goto(fixture.info.tt.url)
  expect(await overflowOnAPhone(page)).toEqual([])
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<input><p style="color:#ddd;background:#eee">Can you read this?</p><p style="width:900px">Wide</p>',
    )
  })
  const problems = await seriousProblems(page)
  expect(problems.some((problem) => problem.startsWith('label:'))).toBe(true)
  expect(problems.some((problem) => problem.startsWith('color-contrast:'))).toBe(true)
  expect(await overflowOnAPhone(page)).not.toEqual([])
})
