import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import type { Guard } from '../guard/guard.ts'
import { appFolder, nodeProgram, repositoryRoot } from '../paths.ts'
import { describeFailedProcess } from '../refusals/explain-failure.ts'
import { distFolder } from './dist-folder.ts'

/** Not part of what is built. */
const SKIPPED_FOLDERS = new Set([
  'node_modules',
  '.turbo',
  'scripts',
  'test',
  'tests',
  'generated',
  'migrations',
])
const SKIPPED_FILES = /(\.test\.tsx?|^next-env\.d\.ts|\.tsbuildinfo|^vitest\.config\.ts)$/
/** The variables that a page rendered at build time may contain. The rest is read when a request comes. */
const BUILT_IN = ['NEXTAUTH_URL', 'AUTH_URL', 'TT_URL', 'AI_HERO_URL', 'COOKIE_PREFIX']

function sourceFiles(folder: string): string[] {
  const files: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name) && !entry.name.startsWith('.next'))
        files.push(...sourceFiles(path))
    } else if (!SKIPPED_FILES.test(entry.name)) {
      files.push(path)
    }
  }
  return files
}

/** Changes whenever a production build of the app would come out differently. */
export function buildHash(app: AppKey, environment: Record<string, string>): string {
  const hash = createHash('sha256')
  const folders = [appFolder(app), join(repositoryRoot, 'packages', 'shared', 'src')]
  for (const file of folders.flatMap(sourceFiles).sort()) {
    hash.update(file.slice(repositoryRoot.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  hash.update(readFileSync(join(repositoryRoot, 'pnpm-lock.yaml')))
  for (const name of BUILT_IN) hash.update(`${name}=${environment[name] ?? ''}\n`)
  return hash.digest('hex')
}

/**
 * Makes the production build of an app, unless the one in its folder was made from exactly these sources.
 *
 * @returns whether anything was built
 * @throws StackError `step-failed` with what `next build` said
 */
export async function buildApp({
  guard,
  app,
  stackName,
  environment,
  logFile,
}: {
  guard: Guard
  app: AppKey
  stackName: string
  environment: Record<string, string>
  logFile: string
}): Promise<boolean> {
  const folder = appFolder(app)
  const dist = distFolder(stackName, 'start')
  const stampFile = join(folder, dist, 'source-hash')
  const hash = buildHash(app, environment)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return false

  rmSync(stampFile, { force: true })
  const process_ = await guard.start({
    command: nodeProgram(),
    args: [join(folder, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    cwd: folder,
    env: childEnvironment({ ...environment, NODE_ENV: 'production', NEXT_DIST_DIR: dist }),
    logFile,
  })
  const end = await process_.ended
  if (end.code !== 0) {
    const { message, details } = describeFailedProcess(
      `The production build of ${app === 'tt' ? 'tt-sample' : 'ah-sample'} failed.`,
      logFile,
      25,
    )
    throw new StackError('step-failed', message, { ...details, part: `build-${app}` })
  }
  // The type check of the sources reads generated types of all build folders: those of an older build would be wrong.
  rmSync(join(folder, dist, 'types'), { recursive: true, force: true })
  writeFileSync(stampFile, hash)
  return true
}
