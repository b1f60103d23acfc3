import { describe, expect, it } from 'vitest'
import { formatInstant } from './format-instant'

describe('formatInstant', () => {
	it('is the same wherever it is read', () => {
		expect(formatInstant('2026-11-21T14:03:59.999Z')).toBe('21 Nov 2026, 14:03 UTC')
		expect(formatInstant('2026-11-21T23:30:00.000-02:00')).toBe('22 Nov 2026, 01:30 UTC')
	})
})
