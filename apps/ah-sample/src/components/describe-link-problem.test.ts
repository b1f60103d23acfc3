import type { LinkRefusal } from '@cross-app/shared'
import { describe, expect, it } from 'vitest'
import { describeLinkProblem, describeUndoProblem } from './describe-link-problem'

const refusals: (LinkRefusal | 'form-expired')[] = [
	'token-invalid',
	'token-expired',
	'token-used',
	'seller-linked-elsewhere',
	'granter-linked-elsewhere',
	'still-unlinking',
	'user-missing',
	'form-expired',
]

describe('describeLinkProblem', () => {
	it.each(refusals)('says of %s what to do next', (refusal) => {
		const { advice, next } = describeLinkProblem(refusal)
		expect(next.length).toBeGreaterThan(0)
		expect(advice).toMatch(/start|press|sign in/i)
	})

	it('has a title of its own for each', () => {
		const titles = refusals.map((refusal) => describeLinkProblem(refusal).title)
		expect(new Set(titles).size).toBe(refusals.length)
	})

	it.each(['undone-before', 'attached-recently', '<script>alert(1)</script>', null])(
		'has words for %s without repeating it',
		(refusal) => {
			const problem = describeLinkProblem(refusal)
			expect(problem.title).toBe('The accounts were not linked')
			expect(JSON.stringify(problem)).not.toContain('<script>')
		},
	)

	it.each(['seller-linked-elsewhere', 'granter-linked-elsewhere'] as const)(
		'names nobody to whom an account is linked already: %s',
		(refusal) => {
			expect(JSON.stringify(describeLinkProblem(refusal))).not.toContain('@')
		},
	)
})

describe('describeUndoProblem', () => {
	it('leads to the profile after the seven days', () => {
		expect(describeUndoProblem('token-expired')).toMatchObject({ next: ['profile'] })
		expect(describeUndoProblem('token-expired').advice).toContain('seven days')
	})

	it('says how to open an address that was cut', () => {
		expect(describeUndoProblem('token-invalid').advice).toContain('copy all of it')
	})
})
