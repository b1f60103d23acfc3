import type { StackPorts } from './ports/ports-of.ts'
import type { StackSecrets } from './secrets.ts'
import { localhostOnly, type SiteHosts } from './site-hosts.ts'

export type AppKey = 'tt' | 'ah'

/** Paths of the apps that the outside world calls. */
export const appPaths = {
  health: '/api/health',
  ready: '/api/ready',
  inngest: '/api/inngest',
  stripeWebhook: '/api/stripe/webhook',
  githubCallback: '/api/auth/callback/github',
  discordCallback: '/api/auth/callback/discord',
} as const

/** The OAuth client ids that the apps have at the GitHub sandbox. */
export const githubClientIds = { tt: 'tt-sample-local', ah: 'ah-sample-local' } as const

/** The OAuth client ids that the apps have at the Discord stand-in: snowflakes, as all of Discord's ids. */
export const discordClientIds = { tt: '1190000000000000101', ah: '1190000000000000102' } as const

/** Addresses used between the parts instead of the direct ones, so that a fault proxy can stand in between. */
export interface RouteThrough {
  /** Total TypeScript sends its cross-app events here. */
  ttToAhInngest?: string
  /** AI Hero sends its cross-app events here. */
  ahToTtInngest?: string
  /** Total TypeScript reads AI Hero's changes here. */
  ttToAhApi?: string
  /** AI Hero reads Total TypeScript's timeline here. */
  ahToTtApi?: string
  /** Origin to which Stripe sends Total TypeScript's webhooks. */
  stripeToTt?: string
  /** Origin to which Stripe sends AI Hero's webhooks. */
  stripeToAh?: string
  /** Total TypeScript sends its mails here. */
  ttToMail?: string
  /** AI Hero sends its mails here. */
  ahToMail?: string
}

/** What a browser types: cookies and redirect addresses hang on this name. */
export function browserUrl(ports: StackPorts, app: AppKey, hosts: SiteHosts = localhostOnly): string {
  return `http://${hosts[app]}:${ports[app]}`
}

/** What the other parts call: without a name to look up. */
export function serviceUrl(ports: StackPorts, part: Exclude<keyof StackPorts, 'inngestInternal'>): string {
  return `http://127.0.0.1:${ports[part]}`
}

/** Cookie names differ per stack and app: all of them are on the one site `localhost`. */
export function cookiePrefix(stackName: string, app: AppKey): string {
  return stackName === 'dev' ? app : `${app}-${stackName}`
}

/**
 * All variables of one app in a local stack, as its env schema asks for them. `NODE_ENV` and `NEXT_DIST_DIR` depend on
 * how it is run and are added there.
 */
export function appEnvironment({
  app,
  stackName,
  ports,
  secrets,
  databaseUrl,
  hosts,
  routes = {},
}: {
  app: AppKey
  stackName: string
  ports: StackPorts
  secrets: StackSecrets
  databaseUrl: string
  hosts?: SiteHosts
  routes?: RouteThrough
}): Record<string, string> {
  const common = {
    PORT: String(ports[app]),
    COOKIE_PREFIX: cookiePrefix(stackName, app),
    DATABASE_URL: databaseUrl,
    STRIPE_SECRET_KEY: secrets.stripeSecretKey[app],
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret[app],
    STRIPE_API_BASE_URL: serviceUrl(ports, 'stripe'),
    INNGEST_EVENT_KEY: secrets.inngestEventKey[app],
    INNGEST_SIGNING_KEY: `signkey-test-${secrets.inngestSigningKey[app]}`,
    INNGEST_BASE_URL: serviceUrl(ports, `inngest-${app}`),
    // The development mode of the SDK checks no signatures; here everything is signed, as in production.
    INNGEST_DEV: '0',
    INNGEST_SERVE_HOST: serviceUrl(ports, app),
    CROSS_APP_SECRET: secrets.crossAppSecret,
    CROSS_APP_ENVIRONMENT: `local-${stackName}`,
    GITHUB_CLIENT_ID: githubClientIds[app],
    GITHUB_CLIENT_SECRET: secrets.githubClientSecret[app],
    GITHUB_BASE_URL: serviceUrl(ports, 'github'),
    GITHUB_API_BASE_URL: serviceUrl(ports, 'github'),
    DISCORD_CLIENT_ID: discordClientIds[app],
    DISCORD_CLIENT_SECRET: secrets.discordClientSecret[app],
    DISCORD_BASE_URL: serviceUrl(ports, 'discord'),
    DISCORD_API_BASE_URL: `${serviceUrl(ports, 'discord')}/api`,
    RESEND_API_KEY: secrets.resendApiKey[app],
    RESEND_BASE_URL: (app === 'tt' ? routes.ttToMail : routes.ahToMail) ?? serviceUrl(ports, 'inbox'),
    CRON_SECRET: secrets.cronSecret[app],
  }
  if (app === 'tt') {
    return {
      ...common,
      NEXTAUTH_URL: browserUrl(ports, 'tt', hosts),
      NEXTAUTH_SECRET: secrets.authSecret.tt,
      EMAIL_FROM: 'Total TypeScript <hello@tt.example.com>',
      AI_HERO_INNGEST_EVENT_KEY: secrets.inngestEventKey.ah,
      AI_HERO_INNGEST_BASE_URL: routes.ttToAhInngest ?? serviceUrl(ports, 'inngest-ah'),
      AI_HERO_URL: browserUrl(ports, 'ah', hosts),
      AI_HERO_API_URL: routes.ttToAhApi ?? serviceUrl(ports, 'ah'),
    }
  }
  return {
    ...common,
    AUTH_URL: browserUrl(ports, 'ah', hosts),
    AUTH_SECRET: secrets.authSecret.ah,
    EMAIL_FROM: 'AI Hero <hello@ah.example.com>',
    TT_INNGEST_EVENT_KEY: secrets.inngestEventKey.tt,
    TT_INNGEST_BASE_URL: routes.ahToTtInngest ?? serviceUrl(ports, 'inngest-tt'),
    TT_URL: browserUrl(ports, 'tt', hosts),
    TT_API_URL: routes.ahToTtApi ?? serviceUrl(ports, 'tt'),
  }
}
