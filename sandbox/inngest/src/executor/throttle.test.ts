import { describe, expect, it } from 'vitest'
import type { ThrottleRule } from '../protocol/function-config.ts'
import { admit } from './throttle.ts'

function startsOf(rule: ThrottleRule, askedAt: number[]): number[] {
  let freeAt: number | undefined
  return askedAt.map((now) => {
    const admission = admit(rule, freeAt, now)
    freeAt = admission.freeAt
    return admission.startAt
  })
}

describe('throttle', () => {
  it('starts as many as the limit at once and the rest one by one', () => {
    const starts = startsOf({ limit: 3, burst: 0, periodMs: 6000 }, [0, 0, 0, 0, 0, 0])
    expect(starts).toEqual([0, 0, 0, 2000, 4000, 6000])
  })

  it('starts the burst on top of the limit', () => {
    const starts = startsOf({ limit: 1, burst: 2, periodMs: 1000 }, [0, 0, 0, 0])
    expect(starts).toEqual([0, 0, 0, 1000])
  })

  it('starts at once again after a quiet time', () => {
    const starts = startsOf({ limit: 2, burst: 0, periodMs: 2000 }, [0, 0, 9000, 9000, 9000])
    expect(starts).toEqual([0, 0, 9000, 9000, 10_000])
  })
})
