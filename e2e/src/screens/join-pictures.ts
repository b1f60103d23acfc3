import type { BrowserContext } from 'playwright-core'

const GAP = 16

/**
 * Puts pictures beside each other into one small WebP.
 *
 * @param pictures PNGs, with the width in pixels that each gets
 */
export async function joinPictures(
  context: BrowserContext,
  pictures: readonly { png: Buffer; width: number }[],
): Promise<Buffer> {
  const page = await context.newPage()
  try {
    const url = await page.evaluate(
      async ({ given, gap }) => {
        const loaded = await Promise.all(
          given.map(async ({ data, width }) => {
            const image = new Image()
            image.src = `data:image/png;base64,${data}`
            await image.decode()
            return { image, width, height: Math.round((image.height * width) / image.width) }
          }),
        )
        const canvas = document.createElement('canvas')
        canvas.width = loaded.reduce((sum, { width }) => sum + width + gap, gap)
        canvas.height = Math.max(...loaded.map(({ height }) => height)) + 2 * gap
        const drawing = canvas.getContext('2d')
        if (!drawing) throw new Error('There is no canvas to draw on.')
        drawing.fillStyle = '#8a8f98'
        drawing.fillRect(0, 0, canvas.width, canvas.height)
        drawing.imageSmoothingQuality = 'high'
        let left = gap
        for (const { image, width, height } of loaded) {
          drawing.drawImage(image, left, gap, width, height)
          left += width + gap
        }
        return canvas.toDataURL('image/webp', 0.8)
      },
      {
        given: pictures.map(({ png, width }) => ({ data: png.toString('base64'), width })),
        gap: GAP,
      },
    )
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  } finally {
    await page.close()
  }
}
