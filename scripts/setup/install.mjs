import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cleanEnvironment } from './clean-environment.mjs'
import { takeLock } from './lock.mjs'
import { endLeftover, runLogged } from './run-logged.mjs'
import { SetupError } from './setup-error.mjs'
import { dim, say, showStep } from './terminal.mjs'

const REQUIRED_NODE = 24
const OFFLINE_HINT =
  'Check that the npm registry can be reached (behind a proxy: `npm config set proxy …`), then run the same command again.'

/** Every package.json of the workspace, found by its own list of folders. */
function manifests(root) {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const section = /^packages:\n((?: +- .*\n)+)/m.exec(workspace)?.[1] ?? ''
  const patterns = [...section.matchAll(/- +['"]?([^'"\n]+)/g)].map((match) => match[1].trim())
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern]
    const parent = pattern.slice(0, -2)
    if (!existsSync(join(root, parent))) return []
    return readdirSync(join(root, parent)).map((name) => join(parent, name))
  })
  return ['.', ...folders]
    .map((folder) => join(root, folder, 'package.json'))
    .filter((file) => existsSync(file))
    .sort()
}

/** Changes whenever an installation would come out differently. */
function installationHash(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const file of [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests(root)]) {
    hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function stampOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** npm's own program, which may lie beside this Node even if PATH doesn't name it. */
export function npmCommand() {
  const given = process.env.npm_execpath
  if (given && /npm-cli\.[cm]?js$/.test(given) && existsSync(given)) return [process.execPath, [given]]
  const beside = join(dirname(process.execPath), 'npm')
  return [existsSync(beside) ? beside : 'npm', []]
}

/** Where this checkout's own pnpm lies. */
function pnpmFolder(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = /^pnpm@([^+]+)/.exec(manifest.packageManager)?.[1]
  if (!version) throw new SetupError('package.json names no pnpm version in `packageManager`.')
  return { version, folder: join(root, '.local', 'tools', `pnpm-${version}`) }
}

async function installPnpm(root, { env, logFile, pidFile }) {
  const { version, folder } = pnpmFolder(root)
  const program = join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs')
  if (existsSync(program)) return program

  const step = showStep(`Fetching pnpm ${version}`)
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  // A package.json of its own: npm would otherwise look for one further up and find the workspace's.
  writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n')
  const [npm, npmArguments] = npmCommand()
  const { code, lastLines } = await runLogged(
    npm,
    [
      ...npmArguments,
      'install',
      `pnpm@${version}`,
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--loglevel=error',
      // Its own two retries wait for seventy seconds before anybody is told that there is no network.
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=5000',
    ],
    { cwd: fresh, env, logFile, pidFile },
  ).catch((error) => ({ code: 1, lastLines: [String(error.message)] }))
  if (code !== 0) {
    step.failed()
    throw new SetupError(`npm could not fetch pnpm ${version}.`, {
      logFile,
      // Where in npm's own code it happened helps nobody; the log has it.
      lastLines: lastLines.filter((line) => !/^npm error\s+at /.test(line)),
      nextStep: OFFLINE_HINT,
    })
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  step.done()
  return program
}

async function installPackages(root, pnpm, { env, logFile, pidFile }) {
  const step = showStep('Installing the packages')
  const install = () =>
    runLogged(
      process.execPath,
      [
        pnpm,
        'install',
        '--frozen-lockfile',
        '--reporter=append-only',
        '--config.confirm-modules-purge=false',
      ],
      {
        cwd: root,
        env,
        logFile,
        pidFile,
        onLine(line) {
          const progress = /resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)/.exec(line)
          if (progress) {
            const [, resolved, reused, downloaded, added] = progress.map(Number)
            step.update(`${Math.max(added, reused + downloaded)} of ${resolved}`)
          }
        },
      },
    )
  // pnpm writes this file last: without it an earlier installation was cut off in the middle.
  const cutOff =
    existsSync(join(root, 'node_modules')) && !existsSync(join(root, 'node_modules', '.modules.yaml'))
  let result = await install()
  if (result.code !== 0 && cutOff) {
    step.update('once more, from nothing')
    rmSync(join(root, 'node_modules'), { recursive: true, force: true })
    result = await install()
  }
  if (result.code !== 0) {
    step.failed()
    const outdated = result.lastLines.some((line) => line.includes('ERR_PNPM_OUTDATED_LOCKFILE'))
    throw new SetupError('The packages could not be installed.', {
      logFile,
      lastLines: result.lastLines,
      nextStep: outdated
        ? 'A package.json and pnpm-lock.yaml disagree: run `pnpm install --lockfile-only` (the version in package.json) and look at the difference.'
        : OFFLINE_HINT,
    })
  }
  step.done()
}

/** The version of a Node program, or undefined when it can't run here. */
function nodeVersion(program) {
  try {
    return execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

/**
 * Makes the checkout ready to run: pnpm, all packages, and Node 24 from among them. Does nothing when nothing has
 * changed since the last time; an installation that was interrupted is finished.
 *
 * @param {string} root
 * @returns {Promise<{ node: string, bins: string[] }>} the path of Node 24, and folders for PATH
 * @throws {SetupError}
 */
export async function ensureInstalled(root) {
  const stampFile = join(root, '.local', 'stamps', 'install')
  const node = join(root, 'node_modules', '.bin', 'node')
  const pnpmBin = join(pnpmFolder(root).folder, 'node_modules', '.bin')
  // Turbo asks for a pnpm on PATH, and it shall be ours.
  const installed = { node, bins: [join(root, 'node_modules', '.bin'), pnpmBin] }
  const ready = () => stampOf(stampFile) === installationHash(root) && existsSync(node) && existsSync(pnpmBin)
  if (ready()) return installed

  const release = await takeLock(join(root, '.local', 'setup.lock'), (pid) => {
    say(dim(`  … waiting: another command (process ${pid}) is setting up this checkout`))
  })
  try {
    if (ready()) return installed
    say('Setting up this checkout. Nothing is installed outside of it.')
    const logFile = join(root, '.local', 'logs', 'setup.log')
    const env = { ...cleanEnvironment(process.env), DO_NOT_TRACK: '1', COREPACK_ENABLE_STRICT: '0' }
    rmSync(stampFile, { force: true })
    const how = { env, logFile, pidFile: join(root, '.local', 'setup.pid') }
    endLeftover(how.pidFile)
    const pnpm = await installPnpm(root, how)
    await installPackages(root, pnpm, how)
    const version = nodeVersion(node)
    if (version === undefined || Number(/^v(\d+)/.exec(version)?.[1]) < REQUIRED_NODE) {
      throw new SetupError(
        `Node ${REQUIRED_NODE}, which comes as a package, does not run here (${process.platform} ${process.arch}).`,
        {
          logFile,
          nextStep: `Delete node_modules and run the same command again; if that does not help, this system has no ready-made Node ${REQUIRED_NODE}.`,
        },
      )
    }
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, installationHash(root))
    return installed
  } finally {
    release()
  }
}
