import {describe, expect, it} from 'vitest'
import {formatMoney} from './format-money'

describe('formatMoney', () => {
  it.each([
    [49_900, 'usd', '$499'],
    [49_950, 'usd', '$499.50'],
    [0, 'usd', '$0'],
    [123_456_789, 'USD', '$1,234,567.89'],
    [4_999, 'jpy', '¥4,999'],
  ])('writes %i of %s as %s', (amount, currency, text) => {
    expect(formatMoney({amount, currency})).toBe(text)
  })
})
