/** Vitest's and Playwright's global set-up: one stack for all tests of a run. */
import { writeGallery } from './screens/write-gallery.ts'
import { startTestStack } from './test-stack.ts'

export default async function setUp(): Promise<() => Promise<void>> {
  const stop = await startTestStack()
  return async () => {
    await stop()
    if (process.env.E2E_SCREENS) writeGallery(process.env.E2E_SCREENS)
  }
}
