import {afterAll} from 'vitest'
import {createFileDatabase} from '../support/file-database'
import {world} from '../support/world'

/**
 * The variables of an app under test. Its database is this test file's own (a sweep takes whatever is due); both Inngest event APIs and AI Hero's read API are
 * small HTTP servers of this test file.
 */
const runDatabaseUrl = process.env.TT_TEST_DATABASE_URL
if (!runDatabaseUrl) {
  throw new Error('TT_TEST_DATABASE_URL is missing: run these tests through Vitest’s tt-db project.')
}
const database = await createFileDatabase(runDatabaseUrl)

Object.assign(process.env, {
  NODE_ENV: 'test',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
  COOKIE_PREFIX: 'tt-test',
  DATABASE_URL: database.url,
  DATABASE_CONNECTION_LIMIT: '12',
  STRIPE_SECRET_KEY: world.stripeSecretKey,
  STRIPE_WEBHOOK_SECRET: 'whsec_for_tests',
  STRIPE_API_BASE_URL: world.stripe.url,
  INNGEST_EVENT_KEY: 'tt-key',
  INNGEST_SIGNING_KEY: 'signkey-test-00',
  INNGEST_DEV: '1',
  INNGEST_BASE_URL: world.eventApi.url,
  AI_HERO_INNGEST_EVENT_KEY: 'ah-key',
  AI_HERO_INNGEST_BASE_URL: world.eventApi.url,
  AI_HERO_URL: 'http://localhost:3001',
  AI_HERO_API_URL: world.peer.url,
  CROSS_APP_SECRET: 'the-shared-secret-of-both-apps-in-tests',
  CROSS_APP_ENVIRONMENT: 'test',
  GITHUB_CLIENT_ID: 'unused',
  GITHUB_CLIENT_SECRET: 'unused',
  DISCORD_CLIENT_ID: world.discord.clientId,
  DISCORD_CLIENT_SECRET: world.discord.clientSecret,
  DISCORD_BASE_URL: world.discord.url,
  DISCORD_API_BASE_URL: `${world.discord.url}/api`,
  RESEND_API_KEY: 're_unused',
  RESEND_BASE_URL: world.mail.url,
  EMAIL_FROM: 'Total TypeScript <hello@example.com>',
  CRON_SECRET: 'a-cron-secret-for-tests',
})

afterAll(async () => {
  const {hostContext} = await import('../../src/server/host-context')
  await hostContext.db.$disconnect()
  await world.close()
  await database.drop()
})
