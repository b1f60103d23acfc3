import { execFile, execFileSync } from 'node:child_process'
import { access, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const MODULE = 'github.com/stripe/stripe-mock'
/** The release whose description of the API is used: that of Stripe's API version 2026-08-26. */
const VERSION = 'v0.203.0'

const TOOLS = fileURLToPath(new URL('../../../../.local/tools/stripe-mock', import.meta.url))

/** Stripe's own description of its API, and the server that checks requests by it. */
export interface StripeDescription {
  /** The OpenAPI description, a JSON file. */
  specPath: string
  /** The program `stripe-mock`, which has the same description built in. */
  program: string
}

/** Stripe's description can't be fetched or built. The message carries what Go said. */
export class DescriptionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DescriptionError'
  }
}

/** Which Go is installed, as it names itself, or null when there is none. */
export function findGo(): string | null {
  try {
    return execFileSync('go', ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}

/**
 * Fetches and builds Stripe's description with Go, once per checkout: what is needed of it is kept in `.local/tools`,
 * and nothing is installed elsewhere. The first time takes half a minute.
 *
 * @param version another release than the one that the checks are written for
 * @param environment settings for Go besides those of this process
 * @throws DescriptionError when Go can't fetch or build it
 */
export async function prepareDescription({
  version = VERSION,
  environment: given = {},
}: {
  version?: string
  environment?: Record<string, string>
} = {}): Promise<StripeDescription> {
  const folder = join(TOOLS, version)
  const description = { specPath: join(folder, 'spec3.json'), program: join(folder, 'stripe-mock') }
  if (await exists(folder)) return description
  await mkdir(TOOLS, { recursive: true })
  // Built beside its place and moved there whole: another run must never meet half of it.
  const workshop = await mkdtemp(join(TOOLS, 'building-'))
  try {
    const built = join(workshop, 'built')
    const environment = {
      ...process.env,
      ...given,
      GOPATH: join(workshop, 'go'),
      GOMODCACHE: join(workshop, 'go/pkg/mod'),
      GOCACHE: join(workshop, 'cache'),
      GOBIN: built,
      // Go's module folders are read-only otherwise, and could not be deleted.
      GOFLAGS: `${process.env.GOFLAGS ?? ''} -modcacherw`.trim(),
    }
    const downloaded = JSON.parse(await go(['mod', 'download', '-json', `${MODULE}@${version}`], environment))
    await go(['install', `${MODULE}@${version}`], environment)
    await copyFile(join(downloaded.Dir, 'embedded/openapi/spec3.json'), join(built, 'spec3.json'))
    await rename(built, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error // otherwise another run was quicker
    })
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
  return description
}

async function go(args: string[], environment: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('go', args, {
      env: environment,
      maxBuffer: 10 * 1024 * 1024,
    })
    return stdout
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new DescriptionError(
      `Stripe's description could not be prepared: go ${args.join(' ')} failed. It needs to fetch the module ${MODULE} once. Go said:\n${said}`,
    )
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
