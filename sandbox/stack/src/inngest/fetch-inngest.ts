import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Guard } from '../guard/guard.ts'
import { lastLines } from '../last-lines.ts'
import { toolsFolder } from '../paths.ts'
import { isProgram } from '../picking/find-program.ts'
import { putInPlace, removeStaleWork } from '../picking/unpacked-program.ts'
import { inngestVersion, PINNED_INNGEST } from './inngest-version.ts'

const PACKAGE = 'inngest-cli'
const DEADLINE_MS = 5 * 60_000

/** npm's own settings (registry, proxy, certificates) stand in the person's environment and files. */
function npmEnvironment(): Record<string, string> {
  const env: Record<string, string> = { DO_NOT_TRACK: '1' }
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('npm_lifecycle')) env[name] = value
  }
  return env
}

/** Runs `npm install` of the package, its install script included: that script fetches the program itself. */
async function install(guard: Guard, folder: string, logFile: string): Promise<void> {
  const npm = await guard.start({
    command: 'npm',
    args: [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--no-save',
      '--no-package-lock',
      '--ignore-scripts=false',
      '--foreground-scripts',
      `${PACKAGE}@${PINNED_INNGEST}`,
    ],
    cwd: folder,
    env: npmEnvironment(),
    logFile,
  })
  const tooLong = setTimeout(() => void npm.stop(), DEADLINE_MS)
  const end = await npm.ended
  clearTimeout(tooLong)
  if (end.code === 0) return
  const cause = lastLines(logFile, 40).find((line) => /\b(E[A-Z]{4,}|failed, reason|404)\b/.test(line))
  throw new Error(
    `\`npm install ${PACKAGE}@${PINNED_INNGEST}\` failed${cause === undefined ? '' : ` (${cause.trim()})`}`,
  )
}

/**
 * The pinned Inngest CLI, fetched once into `.local/tools/inngest-cli-<version>`: npm fetches the package, its install
 * script the program from the project's releases. Interrupted, it leaves nothing that looks fetched.
 *
 * @param folder where to keep it
 * @returns the program, which has told its version
 * @throws Error when it can't be fetched or doesn't run
 */
export async function fetchInngest({
  guard,
  logFile,
  onProgress,
  folder = join(toolsFolder, `${PACKAGE}-${PINNED_INNGEST}`),
}: {
  guard: Guard
  logFile: string
  onProgress: (text: string) => void
  folder?: string
}): Promise<{ program: string; version: string }> {
  const programIn = (root: string) => join(root, 'node_modules', PACKAGE, 'bin', 'inngest')
  const program = programIn(folder)
  if (isProgram(program)) return { program, version: await inngestVersion(program) }

  onProgress(`fetching the Inngest server ${PINNED_INNGEST} (about 100 MB, once)`)
  mkdirSync(join(folder, '..'), { recursive: true })
  removeStaleWork(`${folder}-work-`)
  const work = mkdtempSync(`${folder}-work-`)
  try {
    await install(guard, work, logFile)
    if (!isProgram(programIn(work))) {
      throw new Error(`the package ${PACKAGE} brought no program: are install scripts switched off for npm?`)
    }
    await inngestVersion(programIn(work))
    putInPlace(work, folder, () => isProgram(program))
    return { program, version: await inngestVersion(program) }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
