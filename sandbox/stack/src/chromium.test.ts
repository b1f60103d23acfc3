import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type ChromiumSearch, findChromium } from './chromium.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

/** Nothing to be found anywhere, unless a test puts it there. */
const nothing: ChromiumSearch = {
  environment: {},
  playwrightsOwn: '',
  path: '',
  usualPlaces: [],
  unpack: async () => undefined,
}

function program(folder: string, name: string, script: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

describe('findChromium', () => {
  it('takes a given browser before everything else', async () => {
    const folder = temporaryFolder()
    const given = program(folder, 'mine', 'exit 0')
    program(folder, 'chromium', 'echo Chromium 150.0')
    const found = await findChromium({ ...nothing, environment: { CHROMIUM_BIN: given }, path: folder })
    expect(found).toMatchObject({ executablePath: given, kind: 'given by CHROMIUM_BIN' })
  })

  it('refuses a given browser that is not there', async () => {
    const search = { ...nothing, environment: { CHROMIUM_BIN: '/no/such/browser' } }
    await expect(findChromium(search)).rejects.toThrow('CHROMIUM_BIN names no program')
  })

  it("takes Playwright's own before an installed one", async () => {
    const folder = temporaryFolder()
    const own = program(folder, 'own', 'exit 0')
    program(folder, 'chromium', 'echo Chromium 150.0')
    expect(await findChromium({ ...nothing, playwrightsOwn: own, path: folder })).toMatchObject({
      executablePath: own,
    })
  })

  it('takes an installed one before the packaged one', async () => {
    const folder = temporaryFolder()
    const installed = program(folder, 'chromium', 'echo Chromium 150.0')
    const unpack = async () => ({ executablePath: '/packaged', env: {} })
    expect(await findChromium({ ...nothing, path: folder, unpack })).toMatchObject({
      executablePath: installed,
    })
  })

  it('passes over a command that only says what to install', async () => {
    const folder = temporaryFolder()
    program(folder, 'chromium-browser', 'echo "requires the chromium snap" >&2; exit 1')
    const unpack = async () => ({ executablePath: '/packaged', env: {} })
    expect(await findChromium({ ...nothing, path: folder, unpack })).toMatchObject({
      executablePath: '/packaged',
    })
  })

  it('says what to do when there is none', async () => {
    await expect(findChromium(nothing)).rejects.toMatchObject({
      code: 'no-browser',
      nextStep: expect.stringContaining('CHROMIUM_BIN'),
    })
  })

  it.each([
    ['whichever this machine has', {}],
    ['the packaged one', { ...nothing, unpack: undefined }],
  ])('finds a browser that opens a page: %s', async (_, search) => {
    const found = await findChromium(search as ChromiumSearch)
    expect(existsSync(found.executablePath)).toBe(true)
    const browser = await chromium.launch({
      executablePath: found.executablePath,
      args: found.args,
      ...(found.env ? { env: found.env } : {}),
    })
    try {
      const page = await (await browser.newContext()).newPage()
      await page.setContent('<h1>It renders</h1>')
      expect(await page.textContent('h1')).toBe('It renders')
      expect((await page.screenshot()).length).toBeGreaterThan(500)
    } finally {
      await browser.close()
    }
  })
})
