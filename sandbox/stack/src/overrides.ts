import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { repositoryRoot } from './paths.ts'

/** One value for each app; undefined: not given. */
export type GivenPerApp = { tt: string | undefined; ah: string | undefined }

/** An OAuth application of each app at a real provider. */
export interface GivenOauth {
  clientId: GivenPerApp
  clientSecret: GivenPerApp
}

/** What a person may give instead of a part of the stack: see `.env.example` in the root. */
export interface StackOverrides {
  databaseUrl: GivenPerApp
  inngestProgram: string | undefined
  stripeSecretKey: GivenPerApp
  /** Of an endpoint to which a person forwards webhooks himself; without it the Stripe CLI does. */
  stripeWebhookSecret: GivenPerApp
  /** A proxy in front of Stripe, or a stand-in of one's own; read only beside keys. */
  stripeApiBaseUrl: string | undefined
  github: GivenOauth
  discord: GivenOauth
  resendApiKey: GivenPerApp
  emailFrom: GivenPerApp
}

/** @throws whatever reading throws, unless there is no such file: keys that a person gave are not left out in silence */
export function readEnvFile(file: string): Record<string, string | undefined> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  // Editors on Windows put a mark before the first line, which would become part of the first name.
  return parseEnv(text.replace(/^\uFEFF/, ''))
}

/** The whole path of a program: parts run in folders of their own. A bare name is looked for on PATH. */
function programPath(given: string | undefined): string | undefined {
  return given?.includes('/') ? resolve(repositoryRoot, given) : given
}

/**
 * Reads the overrides from the environment and, below it, from the root's `.env`. An empty value means not given.
 *
 * @param file the variables of a `.env`; the root's unless told
 */
export function readOverrides(
  environment: Record<string, string | undefined> = process.env,
  file: Record<string, string | undefined> = readEnvFile(join(repositoryRoot, '.env')),
): StackOverrides {
  const given = (name: string) => environment[name] || file[name] || undefined
  const ofBoth = (name: string): GivenPerApp => ({ tt: given(`TT_${name}`), ah: given(`AH_${name}`) })
  const oauth = (provider: string): GivenOauth => ({
    clientId: ofBoth(`${provider}_CLIENT_ID`),
    clientSecret: ofBoth(`${provider}_CLIENT_SECRET`),
  })
  return {
    databaseUrl: ofBoth('DATABASE_URL'),
    inngestProgram: programPath(given('INNGEST_BIN')),
    stripeSecretKey: ofBoth('STRIPE_SECRET_KEY'),
    stripeWebhookSecret: ofBoth('STRIPE_WEBHOOK_SECRET'),
    stripeApiBaseUrl: given('STRIPE_API_BASE_URL'),
    github: oauth('GITHUB'),
    discord: oauth('DISCORD'),
    resendApiKey: ofBoth('RESEND_API_KEY'),
    emailFrom: ofBoth('EMAIL_FROM'),
  }
}
