import {describe, expect, it} from 'vitest'
import {nextPollDelay} from './next-poll-delay'

describe('nextPollDelay', () => {
  it('asks about every 700 ms while something is expected any moment', () => {
    expect(nextPollDelay({elapsedMs: 0, failures: 0})).toBe(700)
    expect(nextPollDelay({elapsedMs: 30_000, failures: 0})).toBe(700)
  })

  it('slows down the longer nothing happens', () => {
    const delays = [30_000, 60_000, 120_000, 240_000].map((elapsedMs) =>
      nextPollDelay({elapsedMs, failures: 0}),
    )
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(new Set(delays).size).toBe(delays.length)
  })

  it('doubles with every request that fails in a row', () => {
    expect([1, 2, 3].map((failures) => nextPollDelay({elapsedMs: 0, failures}))).toEqual([
      1_400, 2_800, 5_600,
    ])
  })

  it('never waits longer than 15 seconds', () => {
    expect(nextPollDelay({elapsedMs: 86_400_000, failures: 0})).toBe(15_000)
    expect(nextPollDelay({elapsedMs: 0, failures: 2_000})).toBe(15_000)
  })
})
