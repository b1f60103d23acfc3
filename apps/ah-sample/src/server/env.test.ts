import { describe, expect, it } from 'vitest'
import { EnvError, readEnv } from './env'

const valid = {
	NODE_ENV: 'production',
	AUTH_URL: 'https://ai-hero.example/',
	AUTH_SECRET: 'x'.repeat(32),
	COOKIE_PREFIX: 'ah',
	DATABASE_URL: 'mysql://user:password@db.example:3306/ah',
	STRIPE_SECRET_KEY: 'sk_test_1',
	STRIPE_WEBHOOK_SECRET: 'whsec_1',
	INNGEST_EVENT_KEY: 'ah-key',
	INNGEST_SIGNING_KEY: 'signkey-prod-1',
	TT_INNGEST_EVENT_KEY: 'tt-key',
	TT_URL: 'https://tt.example',
	CROSS_APP_SECRET: 'y'.repeat(32),
	CROSS_APP_ENVIRONMENT: 'production',
	GITHUB_CLIENT_ID: 'id',
	GITHUB_CLIENT_SECRET: 'secret',
	RESEND_API_KEY: 're_1',
	EMAIL_FROM: 'AI Hero <hello@ai-hero.example>',
	CRON_SECRET: 'z'.repeat(16),
}

const messageFor = (change: Record<string, string | undefined>): string => {
	try {
		readEnv({ ...valid, ...change })
		return ''
	} catch (error) {
		if (error instanceof EnvError) return error.message
		throw error
	}
}

describe('readEnv', () => {
	it('takes a complete set, with defaults for the addresses of the real services', () => {
		expect(readEnv(valid)).toMatchObject({
			AUTH_URL: 'https://ai-hero.example',
			TT_INNGEST_BASE_URL: 'https://inn.gs',
			GITHUB_BASE_URL: 'https://github.com',
			GITHUB_API_BASE_URL: 'https://api.github.com',
			DISCORD_BASE_URL: 'https://discord.com',
			DISCORD_API_BASE_URL: 'https://discord.com/api',
		})
	})

	it.each(Object.keys(valid))('names %s when it is missing', (name) => {
		expect(messageFor({ [name]: undefined })).toContain(`${name} is missing`)
		expect(messageFor({ [name]: '' })).toContain(`${name} is missing`)
	})

	it.each([
		['DATABASE_URL', 'postgres://user:hunter2@db/ah'],
		['AUTH_URL', 'localhost:3001'],
		['CROSS_APP_SECRET', 'hunter2'],
		['COOKIE_PREFIX', 'a b'],
		['INNGEST_DEV', 'perhaps'],
	])('names %s when it is malformed, without repeating its value', (name, value) => {
		const message = messageFor({ [name]: value })
		expect(message).toContain(name)
		expect(message).not.toContain('hunter2')
	})

	it('refuses the published example secret in production only', () => {
		const CROSS_APP_SECRET = 'replace-me-with-openssl-rand-base64-48-replace-me'
		expect(messageFor({ CROSS_APP_SECRET })).toContain('CROSS_APP_SECRET: is the published example')
		expect(messageFor({ CROSS_APP_SECRET, CROSS_APP_ENVIRONMENT: 'local-dev' })).toBe('')
		const CRON_SECRET = 'replace-me-with-a-long-secret'
		expect(messageFor({ CRON_SECRET })).toContain('CRON_SECRET: is the published example')
	})

	it('takes Discord with both of its credentials or with none', () => {
		const DISCORD_CLIENT_ID = 'id'
		const DISCORD_CLIENT_SECRET = 'secret'
		expect(messageFor({ DISCORD_CLIENT_ID, DISCORD_CLIENT_SECRET })).toBe('')
		expect(messageFor({ DISCORD_CLIENT_ID })).toContain('DISCORD_CLIENT_SECRET is missing')
		expect(messageFor({ DISCORD_CLIENT_ID: '', DISCORD_CLIENT_SECRET })).toContain(
			'DISCORD_CLIENT_ID is missing',
		)
	})

	it('names all that is wrong at once', () => {
		const message = messageFor({ AUTH_SECRET: undefined, TT_URL: 'nowhere' })
		expect(message).toContain('AUTH_SECRET')
		expect(message).toContain('TT_URL')
	})

	it('treats an empty optional variable as not set', () => {
		expect(readEnv({ ...valid, CROSS_APP_SECRET_NEXT: '', INNGEST_BASE_URL: '' })).toMatchObject({
			CROSS_APP_SECRET_NEXT: undefined,
			INNGEST_BASE_URL: undefined,
		})
	})
})
