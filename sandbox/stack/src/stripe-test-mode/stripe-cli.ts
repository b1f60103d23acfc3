import { execFile } from 'node:child_process'
import { hostname } from 'node:os'
import type { AppKey } from '../app-environment.ts'
import { childEnvironment } from '../child-environment.ts'
import { StackError } from '../errors.ts'
import { findProgram } from '../picking/find-program.ts'
import { concealSecrets } from './conceal-secrets.ts'
import { stripeKeyVariable } from './stripe-key.ts'

export const stripeCliInstallUrl = 'https://docs.stripe.com/stripe-cli/install'

/** The Stripe CLI on PATH. */
export interface StripeCli {
  program: string
  /** `1.32.0`; empty when it does not tell. */
  version: string
}

/**
 * The environment in which the CLI runs as one account: the key by variable, since every user of the machine may read a
 * process's arguments. Without `stripe login` it has no device name of its own and asks for one.
 */
export function stripeCliEnvironment(secretKey: string): Record<string, string> {
  return childEnvironment({
    STRIPE_API_KEY: secretKey,
    STRIPE_DEVICE_NAME: hostname(),
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
  })
}

/** Finds the Stripe CLI. @param path a list like PATH; the machine's own unless told */
export async function findStripeCli(path = process.env.PATH): Promise<StripeCli | undefined> {
  const program = findProgram('stripe', path)
  if (program === undefined) return undefined
  // Not its command of that name, which in some versions also asks the network for a newer one.
  const { stdout } = await run(program, ['--version'], childEnvironment({ STRIPE_CLI_TELEMETRY_OPTOUT: '1' }))
  return { program, version: /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? '' }
}

/**
 * The secret with which Stripe signs what it sends through `stripe listen` for this key. It stays the same for later
 * calls, so the app can be given it before anything listens.
 *
 * @throws StackError `not-available` with the CLI's own last words
 */
export async function readSigningSecret({
  app,
  cli,
  secretKey,
  wayOut,
}: {
  app: AppKey
  cli: StripeCli
  secretKey: string
  /** What else a person can do, for the next step of the message. */
  wayOut: string
}): Promise<string> {
  const { stdout, stderr, failure } = await run(
    cli.program,
    ['listen', '--print-secret'],
    stripeCliEnvironment(secretKey),
  )
  const secret = /\bwhsec_\w+/.exec(stdout)?.[0]
  if (failure === undefined && secret !== undefined) return secret
  const lines = concealSecrets(`${stdout}\n${stderr}`)
    .split('\n')
    .filter((line) => line.trim() !== '')
  throw new StackError(
    'not-available',
    `The Stripe CLI (${cli.program}) gave no signing secret for ${stripeKeyVariable(app)}${failure === undefined ? '' : `: ${failure}`}.`,
    {
      lastLines: lines.slice(-6),
      nextStep: `Run \`stripe listen --print-secret\` with that key yourself to see why. A restricted key needs the permission "Stripe CLI". ${wayOut}`,
    },
  )
}

function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ stdout: string; stderr: string; failure: string | undefined }> {
  return new Promise((resolve) => {
    // Next's types, where a program loads them too, ask for NODE_ENV in every environment.
    const options = { env: { NODE_ENV: 'development', ...env } as const, timeout: 30_000 }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      resolve({ stdout, stderr, failure: failureOf(error) })
    })
  })
}

/** How a program failed, without its command line: Node's own message repeats that. */
function failureOf(
  error: (Error & { code?: unknown; killed?: boolean; signal?: unknown }) | null,
): string | undefined {
  if (error === null) return undefined
  if (error.killed === true) return 'no answer within 30 s'
  return typeof error.code === 'number' ? `exit code ${error.code}` : String(error.code ?? error.signal)
}
