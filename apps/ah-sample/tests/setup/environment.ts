import { afterAll } from 'vitest'
import { startEventApi } from './event-api'
import { startMailApi } from './mail-api'

/**
 * The variables of an app under test: its database is the run's own, and Total TypeScript's event API is a small HTTP
 * server of this test file, which records what arrives, and so is the mail provider.
 */
const databaseUrl = process.env.AH_TEST_DATABASE_URL
if (!databaseUrl)
	throw new Error('AH_TEST_DATABASE_URL is missing: run these tests through Vitest’s ah-db project.')

const [eventApi, mailApi] = await Promise.all([startEventApi(), startMailApi()])

Object.assign(process.env, {
	NODE_ENV: 'test',
	AUTH_URL: 'http://localhost:3001',
	AUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
	COOKIE_PREFIX: 'ah-test',
	DATABASE_URL: databaseUrl,
	STRIPE_SECRET_KEY: 'sk_test_unused',
	STRIPE_WEBHOOK_SECRET: 'whsec_for_tests',
	INNGEST_EVENT_KEY: 'ah-key',
	INNGEST_DEV: '1',
	INNGEST_BASE_URL: eventApi.url,
	TT_INNGEST_EVENT_KEY: 'tt-key',
	TT_INNGEST_BASE_URL: eventApi.url,
	TT_URL: 'http://localhost:3000',
	CROSS_APP_SECRET: 'the-shared-secret-of-both-apps-in-tests',
	CROSS_APP_ENVIRONMENT: 'test',
	GITHUB_CLIENT_ID: 'unused',
	GITHUB_CLIENT_SECRET: 'unused',
	RESEND_API_KEY: 're_unused',
	RESEND_BASE_URL: mailApi.url,
	EMAIL_FROM: 'AI Hero <hello@example.com>',
	CRON_SECRET: 'a-cron-secret-for-tests',
})

afterAll(async () => {
	await Promise.all([eventApi.close(), mailApi.close()])
	// Only after the variables are set may the database be imported.
	const { pool } = await import('../../src/db/pool')
	await pool.end()
})
