import type { Page } from 'playwright-core'
import { SIZES, type Variant } from './variants.ts'

/** Next's own badge, and a text cursor that blinks, are no part of a page. */
const HIDE = 'nextjs-portal { display: none } * { caret-color: transparent !important }'

/** Puts a page into other colours and another window, and waits until it is drawn. */
export async function show(page: Page, { scheme, size }: Variant): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.setViewportSize(SIZES[size])
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/**
 * A PNG of the page as it is shown now.
 *
 * @param maxHeight CSS pixels of a long page that are in the picture; without it, what fits the window
 */
export async function takePicture(page: Page, maxHeight?: number): Promise<Buffer> {
  const size = page.viewportSize() ?? SIZES.wide
  const height =
    maxHeight === undefined
      ? size.height
      : Math.min(maxHeight, await page.evaluate(() => document.documentElement.scrollHeight))
  return page.screenshot({
    style: HIDE,
    animations: 'disabled',
    scale: 'css',
    ...(maxHeight === undefined
      ? {}
      : { fullPage: true, clip: { x: 0, y: 0, width: size.width, height: Math.max(height, size.height) } }),
  })
}
