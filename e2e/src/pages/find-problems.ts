import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { SIZES } from '../screens/variants.ts'

/**
 * What axe calls serious or critical on the page that is open: rule, element and why.
 *
 * @param rules only these; all of them unless given
 */
export async function seriousProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = await page.evaluate(
    (only) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        resultTypes: ['violations'],
        ...(only === undefined ? {} : { runOnly: only }),
      }),
    rules === undefined ? undefined : [...rules],
  )
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    )
}

/** A page that is wider than a phone's window has to be pushed sideways to be read. */
export async function overflowOnAPhone(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? SIZES.wide
  await page.setViewportSize(SIZES.narrow)
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await page.setViewportSize(before)
  return pixels > 0 ? [`wider than a phone by ${pixels} px`] : []
}

/** Everything that is wrong with how a page can be read, in light and in dark, wide and narrow. */
export async function findProblems(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const problems = [...(await seriousProblems(page)), ...(await overflowOnAPhone(page))]
  // The same page in other colours: only they can be wrong now.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await seriousProblems(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return [...problems, ...dark.map((problem) => `dark: ${problem}`)]
}
