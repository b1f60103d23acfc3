import { describe, expect, it } from 'vitest'
import { deriveSyncStatus, MAX_ATTEMPT_DELAY_MS, nextAttemptDelayMs } from './sync-status'

const sync = {
  revision: 2,
  ackedRevision: 1,
  refusedRevision: null,
  retryCount: 0,
  state: 'granted' as const,
}

describe('deriveSyncStatus', () => {
  it('is pending until this very revision is acknowledged', () => {
    expect(deriveSyncStatus(sync)).toBe('pending')
  })

  it('is synced once it is', () => {
    expect(deriveSyncStatus({ ...sync, ackedRevision: 2 })).toBe('synced')
  })

  it('is synced while suspended, which pages tell apart by the desired state', () => {
    expect(deriveSyncStatus({ ...sync, ackedRevision: 2, state: 'suspended' })).toBe('synced')
  })

  it('is revoked once a revoke is acknowledged', () => {
    expect(deriveSyncStatus({ ...sync, ackedRevision: 2, state: 'revoked' })).toBe('revoked')
  })

  it('is failed when the current revision was refused', () => {
    expect(deriveSyncStatus({ ...sync, refusedRevision: 2 })).toBe('failed')
  })

  it('is pending again when a new revision follows a refused one', () => {
    expect(deriveSyncStatus({ ...sync, revision: 3, refusedRevision: 2 })).toBe('pending')
  })

  it('is failed while the backoff is at its cap, and goes on', () => {
    expect(deriveSyncStatus({ ...sync, retryCount: 50 })).toBe('failed')
    expect(nextAttemptDelayMs(50, 0)).toBe(MAX_ATTEMPT_DELAY_MS)
  })
})

describe('nextAttemptDelayMs', () => {
  it('doubles from five seconds', () => {
    expect([0, 1, 2, 3].map((count) => nextAttemptDelayMs(count, 0))).toEqual([5_000, 10_000, 20_000, 40_000])
  })

  it('takes off at most a fifth by jitter', () => {
    expect(nextAttemptDelayMs(0, 0.999_999)).toBeGreaterThanOrEqual(4_000)
  })

  it('never passes fifteen minutes', () => {
    for (let count = 0; count < 2_000; count += 1) {
      expect(nextAttemptDelayMs(count, 0)).toBeLessThanOrEqual(MAX_ATTEMPT_DELAY_MS)
    }
  })
})
