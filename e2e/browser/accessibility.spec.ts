import { expect, type Page, test } from '@playwright/test'
import axe from 'axe-core'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { walkLinkPages } from '../src/walk-link-pages.ts'

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

/** What axe calls serious or critical on the page that is open: rule, element and why. */
async function seriousProblems(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = await page.evaluate(
    (only) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        resultTypes: ['violations'],
        ...(only === undefined ? {} : { runOnly: only }),
      }),
    rules,
  )
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    )
}

test('axe finds nothing serious on any page, in any state of the link, light or dark', async ({ page }) => {
  // Some forty pages, one after the other.
  test.setTimeout(180_000)
  const problems: string[] = []
  const seen: string[] = []
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await walkLinkPages(page, fixture, async (name) => {
    await page.locator('h1').first().waitFor()
    seen.push(name)
    for (const problem of await seriousProblems(page)) problems.push(`${name}: ${problem}`)
    // The same page in other colours: only they can be wrong now.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    for (const problem of await seriousProblems(page, ['color-contrast'])) {
      problems.push(`${name}, dark: ${problem}`)
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  })
  expect(seen.length).toBeGreaterThan(30)
  expect(problems).toEqual([])
})

test('control: axe sees a field without a label and text without contrast', async ({ page }) => {
  await page.goto(fixture.info.tt.url)
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<input><p style="color:#ddd;background:#eee">Can you read this?</p>',
    )
  })
  const problems = await seriousProblems(page)
  expect(problems.some((problem) => problem.startsWith('label:'))).toBe(true)
  expect(problems.some((problem) => problem.startsWith('color-contrast:'))).toBe(true)
})
