import { expect, it } from 'vitest'
import { stableId } from './stable-id'

it('gives the same id for the same parts', async () => {
  expect(await stableId('purchase', 'cs_1')).toBe(await stableId('purchase', 'cs_1'))
})

it('gives different ids when the same letters are split differently', async () => {
  expect(await stableId('a', 'bc')).not.toBe(await stableId('ab', 'c'))
})

it('looks like a UUID of version 8', async () => {
  expect(await stableId('purchase', 'cs_1')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})
