import {describe, expect, it} from 'vitest'
import {isFurther} from './charge-fact'

describe('isFurther', () => {
  it.each([
    ['refund', 'pending', 'succeeded', true],
    ['refund', 'succeeded', 'pending', false],
    ['refund', 'succeeded', 'failed', true],
    ['refund', 'failed', 'succeeded', false],
    ['refund', 'pending', 'canceled', true],
    ['dispute', 'needs_response', 'under_review', true],
    ['dispute', 'won', 'under_review', false],
    ['dispute', 'warning_closed', 'needs_response', true],
    ['dispute', 'won', 'lost', true],
    ['dispute', 'lost', 'won', false],
    ['dispute', 'lost', 'lost', false],
    ['refund', 'succeeded', 'a_status_of_next_year', true],
  ] as const)('of a %s: %s → %s is %s', (kind, current, next, expected) => {
    expect(isFurther(kind, current, next)).toBe(expected)
  })
})
