import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type ChromiumSearch, findChromium } from '../chromium.ts'
import { StackError } from '../errors.ts'
import { type Finding, ok, problem } from './finding.ts'

function hasPackagedChromium(): boolean {
  try {
    return existsSync(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  } catch {
    return false
  }
}

/** The browser that the demo walks through both apps. Nothing is unpacked for the question. */
export async function checkBrowser(
  search: ChromiumSearch = {},
  isPackaged = hasPackagedChromium,
): Promise<Finding[]> {
  try {
    const found = await findChromium({ ...search, unpack: async () => undefined })
    return [ok(`Chromium: ${found.kind}.`)]
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    const wasGiven = error.message.includes('names no program')
    if (!wasGiven && isPackaged()) {
      return [
        ok('Chromium: none is installed, so the one that comes as a package is unpacked when it is needed.'),
      ]
    }
    return [problem(error.message, error.nextStep ?? 'Install Chromium.')]
  }
}
