import { describe, expect, it } from 'vitest'
import { openSearch, sealSearch } from './sealed-search'

const secret = 'a-secret-for-tests-of-at-least-32-bytes'

describe('a search in the address of a page', () => {
	it('never shows an email address, and means it all the same', () => {
		const sealed = sealSearch(' ada.lovelace@example.com ', secret)
		expect(sealed).toMatch(/^~[\w-]+$/)
		expect(Buffer.from(sealed.slice(1), 'base64url').toString('utf8')).not.toContain('ada')
		expect(openSearch(sealed, secret)).toBe('ada.lovelace@example.com')
	})

	it('shows an id as it is', () => {
		expect(sealSearch(' purchase-1 ', secret)).toBe('purchase-1')
		expect(openSearch('purchase-1', secret)).toBe('purchase-1')
	})

	it('means nothing when somebody made it up, changed it, or sealed it elsewhere', () => {
		const sealed = sealSearch('ada@example.com', secret)
		const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
		for (const given of ['~', '~made-up', changed]) expect(openSearch(given, secret)).toBeNull()
		expect(openSearch(sealed, 'another-secret-of-at-least-32-bytes')).toBeNull()
	})
})
