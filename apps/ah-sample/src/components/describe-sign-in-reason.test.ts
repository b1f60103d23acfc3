import { describe, expect, it } from 'vitest'
import { describeSignInReason } from './describe-sign-in-reason'

describe('describeSignInReason', () => {
	it.each(['/claim', '/claim?from=mail'])('tells who comes from the mail about a bundle: %s', (path) => {
		expect(describeSignInReason(path)).toContain('one step away')
	})

	it('tells who is about to link which account is meant', () => {
		expect(describeSignInReason('/account-link/review')).toContain('that you want to link')
	})

	it.each(['/profile', '/claims', '/courses/evals'])(
		'says to everyone else that an account is made here: %s',
		(path) => {
			expect(describeSignInReason(path)).toContain('New here?')
		},
	)
})
