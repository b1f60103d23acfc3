import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium as playwrightChromium } from 'playwright-core'
import { StackError } from './errors.ts'
import { unpackPackagedChromium } from './unpack-packaged-chromium.ts'

const run = promisify(execFile)

/** A browser that Playwright can start: `chromium.launch({ executablePath, args, env })`. */
export interface FoundChromium {
  executablePath: string
  args: string[]
  /** Where it comes from, for people. */
  kind: string
  /** The environment to start it with, complete; undefined when this process's own will do. */
  env?: Record<string, string>
}

/** Where to look; the machine's own unless told, so that each step of the order can be tested. */
export interface ChromiumSearch {
  environment?: Record<string, string | undefined>
  playwrightsOwn?: string
  path?: string
  usualPlaces?: readonly string[]
  unpack?: typeof unpackPackagedChromium
}

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Ubuntu has a `chromium-browser` that only says what to install: having the name isn't enough. */
async function tellsItsVersion(file: string): Promise<boolean> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 20_000 })
    return /\d+\.\d+/.test(stdout)
  } catch {
    return false
  }
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Root has to do without Chromium's own sandbox. */
function rootArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * Finds a Chromium: a given one (`CHROMIUM_BIN`, `PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH`), Playwright's own download,
 * Chrome or Chromium on PATH, and at last the one that comes as an npm package, which needs neither root nor anything
 * installed.
 *
 * @throws StackError `no-browser` when there is none
 */
export async function findChromium(search: ChromiumSearch = {}): Promise<FoundChromium> {
  const environment = search.environment ?? process.env
  for (const variable of ['CHROMIUM_BIN', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH']) {
    const given = environment[variable]
    if (!given) continue
    if (!isExecutable(given)) {
      throw new StackError('no-browser', `${variable} names no program: ${given}`, {
        nextStep: `Correct ${variable}, or remove it: then a browser is looked for.`,
      })
    }
    return { executablePath: given, args: rootArguments(), kind: `given by ${variable}` }
  }

  const playwrightsOwn = search.playwrightsOwn ?? playwrightChromium.executablePath()
  if (playwrightsOwn !== '' && existsSync(playwrightsOwn)) {
    return { executablePath: playwrightsOwn, args: rootArguments(), kind: "Playwright's own Chromium" }
  }

  const folders = (search.path ?? process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...(search.usualPlaces ?? USUAL_PLACES),
  ]
  for (const file of candidates) {
    if (isExecutable(file) && (await tellsItsVersion(file))) {
      return { executablePath: file, args: rootArguments(), kind: `installed (${file})` }
    }
  }

  const unpacked = await (search.unpack ?? unpackPackagedChromium)()
  if (unpacked) {
    return {
      executablePath: unpacked.executablePath,
      // Without its own GPU process: a package for servers has none.
      args: [
        '--no-sandbox',
        '--in-process-gpu',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
      kind: 'packaged Chromium (npm)',
      env: { ...ownEnvironment(), ...unpacked.env },
    }
  }
  throw new StackError('no-browser', 'There is no Chrome or Chromium on this machine.', {
    nextStep: 'Install Chromium, or give its path in CHROMIUM_BIN.',
  })
}
