import { describe, expect, it } from 'vitest'
import { showsBanner } from './shows-banner'

describe('showsBanner', () => {
	it.each([
		'/',
		'/profile',
		'/courses/evals',
		'/courses/evals/first',
		'/thanks',
		'/claims',
		'/account-deleted',
	])('shows the banner on %s', (path) => {
		expect(showsBanner(path)).toBe(true)
	})

	it.each(['/claim', '/account-link/review', '/account-link/done', '/profile/unlink', '/profile/delete'])(
		'leaves %s to say it itself',
		(path) => {
			expect(showsBanner(path)).toBe(false)
		},
	)
})
