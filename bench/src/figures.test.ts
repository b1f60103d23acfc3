import { expect, it } from 'vitest'
import { percentile, summarise } from './figures.ts'

it('takes the middle of an odd number of values', () => {
  expect(percentile([9, 1, 5], 0.5)).toBe(5)
})

it('takes the worst for the whole', () => {
  expect(percentile([3, 8, 2], 1)).toBe(8)
})

it('names its figures', () => {
  expect(summarise('access', [10, 20])).toEqual({ accessP50Ms: 10, accessP95Ms: 20, accessMaxMs: 20 })
})
