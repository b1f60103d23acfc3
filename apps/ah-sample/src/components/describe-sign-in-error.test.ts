import { describe, expect, it } from 'vitest'
import { describeSignInError } from './describe-sign-in-error'

describe('describeSignInError', () => {
	it('says what to do about a used or old link', () => {
		expect(describeSignInError('Verification').advice).toContain('Ask for a new one')
	})

	it('says that equal addresses do not join accounts', () => {
		expect(describeSignInError('OAuthAccountNotLinked').advice).toContain('do not join accounts')
	})

	it('says that nothing happened when a provider gave no address, and how to get in', () => {
		const { title, advice } = describeSignInError('ProviderEmailMissing')
		expect(title).toContain('No email address')
		expect(advice).toContain('Nothing was made or changed')
		expect(advice).toContain('email link')
	})

	it('says how to get in when links enough were mailed already', () => {
		expect(describeSignInError('TooManyEmails').advice).toContain('try again in ten minutes')
	})

	it.each([undefined, 'Configuration', '<script>alert(1)</script>'])(
		'has words for %j without repeating it',
		(code) => {
			const { title, advice } = describeSignInError(code)
			expect(title).toBe('Signing in did not work')
			expect(`${title} ${advice}`).not.toContain(code ?? 'undefined')
		},
	)
})
