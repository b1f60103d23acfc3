import { describe, expect, it } from 'vitest'
import { readReason } from './read-reason'

describe('the reason for what support does', () => {
	it('is kept on one line and within bounds', () => {
		expect(readReason('  The buyer\n wrote  twice ')).toBe('The buyer wrote twice')
		expect(readReason('x'.repeat(1000))).toHaveLength(300)
	})

	it('is needed', () => {
		for (const given of ['', '  ', 'ok', null, undefined, 7]) expect(readReason(given)).toBeNull()
	})

	it('keeps no address and no token', () => {
		expect(readReason('ada@example.com asked, with eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl')).toBe(
			'[email] asked, with [token]',
		)
	})
})
