import { findProgram } from '../picking/find-program.ts'
import { dockerImages } from './compose-project.ts'
import { type DockerAnswer, runDocker } from './run-docker.ts'

/** How long a person who starts a stack may have to wait to hear that Docker is of no use. */
const PROBE_LIMIT_MS = 2_000

/** The first one that can take away, in a second file, what a first one says. */
const OLDEST_COMPOSE = [2, 24, 4] as const

/**
 * Where containers run, seen from the apps:
 * - `desktop`: in a virtual machine whose `host.docker.internal` leads to the host's loopback;
 * - `linux`: on this very system, where only the host's network leads there;
 * - `rootless`: on this system, but in a network of the user's, from which nothing leads to the host's loopback.
 */
export type DockerEngine = 'desktop' | 'linux' | 'rootless'

export type DockerProbe =
  | {
      ok: true
      /** The daemon's and Compose's: `28.2.2, Compose 2.39.1`. */
      version: string
      engine: DockerEngine
    }
  | {
      ok: false
      /** One short sentence, as it would follow "because". */
      reason: string
      /** What to do for Docker to be of use. */
      nextStep: string
    }

/** What `docker version` says, as far as it is read here. */
interface VersionAnswer {
  Server?: {
    Version?: string
    Platform?: { Name?: string }
    Components?: { Name?: string }[]
  } | null
}

function parseVersion(text: string): VersionAnswer {
  try {
    return JSON.parse(text) as VersionAnswer
  } catch {
    return {}
  }
}

function isOld(version: string): boolean {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (numbers === undefined) return true
  const different = OLDEST_COMPOSE.findIndex((number, index) => numbers[index] !== number)
  return different >= 0 && (numbers[different] ?? 0) < (OLDEST_COMPOSE[different] ?? 0)
}

/** Whether a daemon's address is on this machine: what it publishes on 127.0.0.1 can be reached only then. */
function isLocal(address: string): boolean {
  if (/^(unix|npipe|fd):/.test(address)) return true
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)
}

const START_DOCKER =
  process.platform === 'linux'
    ? 'Start it (`sudo systemctl start docker`, or Docker Desktop) and try again.'
    : 'Start Docker Desktop, wait until it says that it runs, and try again.'

/** Why a daemon can't be used, by what the client says of it. */
export function explainDaemonRefusal(text: string): { reason: string; nextStep: string } | undefined {
  if (/permission denied/i.test(text) && /docker (daemon|api)|docker\.sock/i.test(text)) {
    return {
      reason: 'this user may not use the Docker daemon',
      nextStep: 'Add yourself to the group: `sudo usermod -aG docker $USER`, then log in again.',
    }
  }
  if (/cannot connect to the docker daemon|error during connect|is the docker daemon running/i.test(text)) {
    return { reason: 'the Docker daemon is not running', nextStep: START_DOCKER }
  }
  return undefined
}

/**
 * Whether Docker can be used here: the client is on PATH, its daemon on this machine answers, and `docker compose` is
 * there and new enough. Says no by itself when that takes longer than the limit, such as with a daemon that hangs.
 */
export async function probeDocker({
  limitMs = PROBE_LIMIT_MS,
}: {
  limitMs?: number
} = {}): Promise<DockerProbe> {
  if (findProgram('docker') === undefined) {
    return {
      ok: false,
      reason: 'there is no `docker` on PATH',
      nextStep: 'Install Docker Desktop, or Docker Engine with its compose plugin.',
    }
  }
  const seconds = limitMs / 1000
  let answers: [DockerAnswer, DockerAnswer, DockerAnswer]
  try {
    answers = await Promise.all([
      runDocker(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], { limitMs }),
      runDocker(['version', '--format', '{{json .}}'], { limitMs }),
      runDocker(['compose', 'version', '--short'], { limitMs }),
    ])
  } catch (error) {
    return {
      ok: false,
      reason: `\`docker\` does not run: ${(error as Error).message}`,
      nextStep: 'Install it anew.',
    }
  }
  const [context, version, compose] = answers
  const address = context.stdout.trim()
  if (context.code === 0 && address !== '' && !isLocal(address)) {
    return {
      ok: false,
      reason: 'the Docker daemon runs on another machine',
      nextStep: 'Choose one on this machine: unset DOCKER_HOST, and `docker context use default`.',
    }
  }
  if (version.timedOut || compose.timedOut) {
    return {
      ok: false,
      reason: `Docker did not answer within ${seconds} s`,
      nextStep: 'Restart Docker; `docker version` shows when it answers again.',
    }
  }
  const { Server: server } = parseVersion(version.stdout)
  if (version.code !== 0 || typeof server?.Version !== 'string') {
    const said = version.stderr.trim().split('\n')[0] ?? ''
    return {
      ok: false,
      ...(explainDaemonRefusal(version.stderr) ?? {
        reason: `the Docker daemon can't be asked${said === '' ? '' : `: ${said}`}`,
        nextStep: START_DOCKER,
      }),
    }
  }
  const composeVersion = compose.stdout.trim().replace(/^v/, '')
  if (compose.code !== 0) {
    return {
      ok: false,
      reason: 'Docker has no `compose` plugin',
      nextStep: 'Install it: https://docs.docker.com/compose/install/linux/',
    }
  }
  if (isOld(composeVersion)) {
    return {
      ok: false,
      reason: `Docker Compose ${composeVersion} is older than ${OLDEST_COMPOSE.join('.')}`,
      nextStep: 'Update it: https://docs.docker.com/compose/install/linux/',
    }
  }
  const isRootless = server.Components?.some(({ Name }) => Name === 'rootlesskit') ?? false
  const isDesktop = process.platform !== 'linux' || /desktop/i.test(server.Platform?.Name ?? '')
  return {
    ok: true,
    version: `${server.Version}, Compose ${composeVersion}`,
    engine: isDesktop ? 'desktop' : isRootless ? 'rootless' : 'linux',
  }
}

/**
 * Whether the pinned images are on this machine, so that nothing has to be fetched. False on any doubt, and when the
 * answer takes longer than a person would like to wait.
 */
export async function hasImages(
  which: keyof typeof dockerImages,
  { limitMs = PROBE_LIMIT_MS }: { limitMs?: number } = {},
): Promise<boolean> {
  try {
    const { code } = await runDocker(['image', 'inspect', '--format', '{{.Id}}', ...dockerImages[which]], {
      limitMs,
    })
    return code === 0
  } catch {
    return false
  }
}
