import {describe, expect, it} from 'vitest'
import {toDecimalText, toMinorUnits} from './money'

describe('money', () => {
  it.each([
    [49_900, 'usd', '499.00'],
    [5, 'usd', '0.05'],
    [0, 'USD', '0.00'],
    [-1_050, 'eur', '-10.50'],
    [1_200, 'jpy', '1200'],
  ])('writes %i %s as %s and reads it back', (amount, currency, text) => {
    expect(toDecimalText(amount, currency)).toBe(text)
    expect(toMinorUnits(text, currency)).toBe(amount)
  })
})
