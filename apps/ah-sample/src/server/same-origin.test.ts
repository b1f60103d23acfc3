import { expect, it } from 'vitest'
import { isSameOrigin } from './same-origin'

const posted = (headers: Record<string, string>) =>
	isSameOrigin(
		new Request('http://localhost:3001/api/checkout', { method: 'POST', headers }),
		'http://localhost:3001',
	)

it('a form of this app may post here', () => {
	expect(posted({ origin: 'http://localhost:3001' })).toBe(true)
	expect(posted({ 'sec-fetch-site': 'same-origin' })).toBe(true)
})

it('a form of another site, another port or an unknown place may not', () => {
	expect(posted({ origin: 'http://localhost:3000' })).toBe(false)
	expect(posted({ origin: 'http://evil.test' })).toBe(false)
	expect(posted({ origin: 'null' })).toBe(false)
	expect(posted({ 'sec-fetch-site': 'same-site' })).toBe(false)
	expect(posted({})).toBe(false)
})
