import { describe, expect, it } from 'vitest'
import { safeReturnPath } from './safe-return-path'

const hostile = [
	'//evil.example',
	'/\\evil.example',
	'\\\\evil.example',
	'https://evil.example',
	'http:evil.example',
	'javascript:alert(1)',
	'/\t/evil.example',
	'/\n/evil.example',
	' //evil.example',
	'evil.example',
	'',
]

/** Where a browser on this app would end up. */
function hostReached(path: string): string {
	return new URL(path, 'http://ah.test').host
}

describe('safeReturnPath', () => {
	it('keeps a path inside this app, with its query', () => {
		expect(safeReturnPath('/courses/evals-for-typescript/scorers?from=mail')).toBe(
			'/courses/evals-for-typescript/scorers?from=mail',
		)
	})

	it('resolves dots in a path without leaving the app', () => {
		expect(safeReturnPath('/courses/../profile')).toBe('/profile')
	})

	it.each(hostile)('sends %j to the profile', (requested) => {
		expect(safeReturnPath(requested)).toBe('/profile')
	})

	it.each([undefined, null, ['/profile', '/x'], 7])(
		'sends %j, which is no text, to the profile',
		(requested) => {
			expect(safeReturnPath(requested)).toBe('/profile')
		},
	)

	it('never leaves the app by way of dots that leave two slashes behind', () => {
		expect(hostReached(safeReturnPath('/.//evil.example'))).toBe('ah.test')
		expect(hostReached(safeReturnPath('/x/..//evil.example'))).toBe('ah.test')
	})

	it('control: a check for a leading slash alone would leave the app', () => {
		const naive = (requested: string) => (requested.startsWith('/') ? requested : '/profile')
		expect(hostile.some((requested) => hostReached(naive(requested)) !== 'ah.test')).toBe(true)
	})
})
