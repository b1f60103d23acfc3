import { describe, expect, it } from 'vitest'
import nextConfig from '../../next.config'

/** The headers that the configuration gives to a path. */
async function headersOf(path: string): Promise<Map<string, string>> {
	const rules = (await nextConfig.headers?.()) ?? []
	const fitting = rules.filter(({ source }) =>
		new RegExp(`^${source.replace('/:path*', '(/.*)?')}$`).test(path),
	)
	return new Map(
		fitting.flatMap(({ headers }) => headers.map(({ key, value }) => [key.toLowerCase(), value])),
	)
}

describe('the headers of every page', () => {
	it.each(['/', '/account-link/review', '/profile', '/sign-in', '/api/account/unlink'])(
		'let no other site frame %s',
		async (path) => {
			const headers = await headersOf(path)
			expect(headers.get('x-frame-options')).toBe('DENY')
			expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
		},
	)

	it('control: a rule for another path gives a page nothing', async () => {
		expect((await headersOf('not-a-path')).size).toBe(0)
	})
})

describe('the log of the development server', () => {
	const { logging } = nextConfig
	const ignored =
		typeof logging === 'object' && typeof logging.incomingRequests === 'object'
			? (logging.incomingRequests.ignore ?? [])
			: []

	it.each([
		'/account-link/confirm?token=secret',
		'/account-link/not-me?token=secret',
		'/api/auth/callback/email?token=secret',
	])('leaves out %s, which carries a token (case 32)', (url) => {
		expect(ignored.some((pattern) => pattern.test(url))).toBe(true)
	})

	it('control: it keeps the others', () => {
		expect(ignored.some((pattern) => pattern.test('/account-link/review'))).toBe(false)
	})
})
