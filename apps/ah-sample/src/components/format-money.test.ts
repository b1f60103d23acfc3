import { describe, expect, it } from 'vitest'
import { formatMoney } from './format-money'

describe('formatMoney', () => {
	it('leaves out the cents of a whole amount', () => {
		expect(formatMoney(14_900, 'usd')).toBe('$149')
	})

	it('prints both digits of the cents', () => {
		expect(formatMoney(14_950, 'USD')).toBe('$149.50')
	})

	it('takes a currency without minor units as it is', () => {
		expect(formatMoney(12_000, 'jpy')).toBe('¥12,000')
	})

	it('refuses what is no currency', () => {
		expect(() => formatMoney(1, 'dollars')).toThrow(RangeError)
	})
})
