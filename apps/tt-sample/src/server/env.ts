import {z} from 'zod'
import {DatabaseUrlError, readDatabaseUrl} from './database-url'

/** The environment can't be used; the message names each variable and says what it should be. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

const text = z.string().min(1)
const optionalText = text.optional()
const url = z.url({protocol: /^https?$/}).transform((value) => value.replace(/\/+$/, ''))

const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  NEXTAUTH_URL: url,
  NEXTAUTH_SECRET: z.string().min(32, 'needs at least 32 characters: openssl rand -base64 48'),
  /** Cookies ignore ports: two stacks on one machine need names of their own. */
  COOKIE_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'takes lower-case letters, digits and dashes')
    .default('tt'),
  /** `?ssl=true` for TLS, as hosted databases want it. */
  DATABASE_URL: z
    .url({
      protocol: /^(mysql|mariadb)$/,
      error: 'has the form mysql://user:password@host:port/database',
    })
    .superRefine((value, context) => {
      try {
        readDatabaseUrl(value)
      } catch (error) {
        if (error instanceof DatabaseUrlError) context.addIssue({code: 'custom', message: error.message})
      }
    }),
  /** Connections of this process to the database. */
  DATABASE_CONNECTION_LIMIT: z.coerce.number().int().min(2).max(200).default(10),
  STRIPE_SECRET_KEY: text,
  STRIPE_WEBHOOK_SECRET: text,
  STRIPE_API_BASE_URL: url.optional(),
  INNGEST_EVENT_KEY: text,
  INNGEST_SIGNING_KEY: text,
  INNGEST_BASE_URL: url.optional(),
  /** 1, or a dev server's address, turns off the signing of requests. */
  INNGEST_DEV: optionalText,
  INNGEST_SERVE_HOST: url.optional(),
  AI_HERO_INNGEST_EVENT_KEY: text,
  AI_HERO_INNGEST_BASE_URL: url.default('https://inn.gs'),
  AI_HERO_URL: url,
  AI_HERO_API_URL: url.optional(),
  CROSS_APP_SECRET: text,
  CROSS_APP_SECRET_NEXT: optionalText,
  CROSS_APP_SECRET_PREVIOUS: optionalText,
  CROSS_APP_ENVIRONMENT: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'takes lower-case letters, digits and dashes'),
  GITHUB_CLIENT_ID: text,
  GITHUB_CLIENT_SECRET: text,
  GITHUB_BASE_URL: url.default('https://github.com'),
  GITHUB_API_BASE_URL: url.default('https://api.github.com'),
  /** Without these two, signing in with Discord is not offered. */
  DISCORD_CLIENT_ID: optionalText,
  DISCORD_CLIENT_SECRET: optionalText,
  DISCORD_BASE_URL: url.default('https://discord.com'),
  DISCORD_API_BASE_URL: url.default('https://discord.com/api'),
  RESEND_API_KEY: text,
  RESEND_BASE_URL: url.optional(),
  EMAIL_FROM: text,
  CRON_SECRET: z.string().min(16, 'needs at least 16 characters: openssl rand -hex 32'),
  /** Seconds that a sync or an outbox row may stay undelivered before /api/ready answers 503. */
  READY_MAX_AGE_SECONDS: z.coerce.number().int().positive().default(600),
})

/** How every placeholder of .env.example reads, whichever secret it stands for. */
const PUBLISHED_EXAMPLE = /replace[-_]me/

const schema = variables.superRefine((values, context) => {
  for (const [name, other] of [
    ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'],
    ['DISCORD_CLIENT_SECRET', 'DISCORD_CLIENT_ID'],
  ] as const) {
    if (values[name] !== undefined || values[other] === undefined) continue
    context.addIssue({code: 'custom', path: [name], message: `goes along with ${other}`})
  }
  if (values.CROSS_APP_ENVIRONMENT !== 'production') return
  for (const [name, value] of Object.entries(values)) {
    if (!PUBLISHED_EXAMPLE.test(String(value))) continue
    const message = 'is the published example. Make one with: openssl rand -base64 48'
    context.addIssue({code: 'custom', path: [name], message})
  }
})

export type Environment = z.infer<typeof schema>

/**
 * Reads and checks the environment.
 *
 * @throws EnvironmentError naming every missing or malformed variable, never its value
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  // An empty variable in a .env file means "not set".
  const present: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(source)) if (value !== '') present[name] = value
  const parsed = schema.safeParse(present)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return present[name] === undefined ? `${name} is missing` : `${name} is wrong: ${issue.message}`
  })
  throw new EnvironmentError(
    `tt-sample can't start. ${problems.join('; ')}. See apps/tt-sample/.env.example; locally the stack sets all of them (npm run dev).`,
  )
}

let environment: Environment | undefined

/** This process's environment, checked once, at the first use. @throws EnvironmentError */
export function env(): Environment {
  environment ??= readEnvironment(process.env)
  return environment
}
