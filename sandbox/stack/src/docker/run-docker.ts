import { spawn } from 'node:child_process'
import { childEnvironment } from '../child-environment.ts'

/** How a person tells `docker` which daemon to use, and with what rights. */
const DOCKER_VARIABLES = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'XDG_RUNTIME_DIR',
  'SSH_AUTH_SOCK',
]

/** The environment of a `docker` command: what every program gets, the person's Docker settings, and what is given. */
export function dockerEnvironment(given: Record<string, string> = {}): Record<string, string> {
  const env: Record<string, string> = { COMPOSE_MENU: 'false', DOCKER_CLI_HINTS: 'false' }
  for (const name of DOCKER_VARIABLES) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return childEnvironment({ ...env, ...given })
}

export interface DockerAnswer {
  /** Null when it was ended because it took too long. */
  code: number | null
  stdout: string
  stderr: string
  timedOut: boolean
}

/**
 * Runs a short `docker` command. One that hangs, as it does when its daemon does, is ended with all that it started.
 *
 * @param limitMs how long it may take
 * @param input what it reads from its standard input; nothing unless told
 * @throws Error `ENOENT` when there is no `docker` on PATH
 */
export function runDocker(
  args: readonly string[],
  { limitMs, input }: { limitMs: number; input?: string },
): Promise<DockerAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      // A group of its own: `docker` starts its plugins as processes that would outlive it.
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { NODE_ENV: 'development', ...dockerEnvironment() },
    })
    let stdout = ''
    let stderr = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has just ended by itself.
      }
      child.stdout?.destroy()
      child.stderr?.destroy()
    }, limitMs)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    if (input !== undefined) {
      // A command that ends without reading must not take this process with it.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
    }
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code: timedOut ? null : code, stdout, stderr, timedOut })
    })
  })
}
