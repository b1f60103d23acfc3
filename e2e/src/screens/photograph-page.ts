import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { joinPictures } from './join-pictures.ts'
import { show, takePicture } from './take-picture.ts'
import { EVERY_VARIANT, README_PICTURES, SIZES } from './variants.ts'

/** CSS pixels of a long page, and how much smaller it stands on its sheet. */
const SHEET = { wide: { maxHeight: 1600, scale: 0.5 }, narrow: { maxHeight: 1333, scale: 0.6 } } as const

/**
 * Photographs the page that is shown: one sheet with all variants beside each other, and what the README shows of it.
 *
 * @param folder gets `pages/<name>.webp` and, for the README, `<name>.png` and `<name>-narrow.png`
 */
export async function photographPage(page: Page, name: string, folder: string): Promise<void> {
  await mkdir(join(folder, 'pages'), { recursive: true })
  const pictures: { png: Buffer; width: number }[] = []
  for (const variant of EVERY_VARIANT) {
    await show(page, variant)
    const { maxHeight, scale } = SHEET[variant.size]
    pictures.push({
      png: await takePicture(page, maxHeight),
      width: Math.round(SIZES[variant.size].width * scale),
    })
    const shown = README_PICTURES[name]?.some(
      ({ scheme, size }) => scheme === variant.scheme && size === variant.size,
    )
    if (shown) {
      const file = `${name}${variant.size === 'narrow' ? '-narrow' : ''}.png`
      await writeFile(join(folder, file), await takePicture(page))
    }
  }
  await writeFile(join(folder, 'pages', `${name}.webp`), await joinPictures(page.context(), pictures))
}
