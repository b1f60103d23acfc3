import { expect, it } from 'vitest'
import { newUlid, parseEventIdSeed, seededUlid } from './ulid.ts'

it('makes ids of 26 characters that sort by time and never repeat', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => newUlid(1_700_000_000_000 + index))
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => newUlid(1))).size).toBe(1000)
})

it('encodes the time as others do', () => {
  // 1469918176385 is the example of the ULID specification.
  expect(newUlid(1_469_918_176_385).slice(0, 10)).toBe('01ARYZ6S41')
})

it('makes the same ids from the same seed, and others at another place', () => {
  const seed = parseEventIdSeed(`1700000000000,${Buffer.alloc(10, 7).toString('base64')}`)
  if (!seed) throw new Error('the seed is not understood')
  expect(seededUlid(seed, 0)).toBe(seededUlid(seed, 0))
  expect(seededUlid(seed, 0)).not.toBe(seededUlid(seed, 1))
})

it.each([undefined, '', 'x', '1,short', `1,${Buffer.alloc(11).toString('base64')}`])(
  'ignores the seed %j',
  (header) => {
    expect(parseEventIdSeed(header)).toBeUndefined()
  },
)
