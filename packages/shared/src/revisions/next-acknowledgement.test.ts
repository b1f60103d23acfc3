import { describe, expect, it } from 'vitest'
import type { DesiredState } from './desired-state'
import { nextAcknowledgement, refusalApplies } from './next-acknowledgement'

const granted: DesiredState = {
  state: 'granted',
  ownerUserId: 'user-1',
  ownerEmail: 'ada@example.com',
  ownerProven: true,
  restriction: null,
}
const sync = { revision: 3, desired: granted, stateVersion: 7 }

describe('nextAcknowledgement', () => {
  it('settles when revision and full state are ours', () => {
    expect(nextAcknowledgement(sync, { revision: 3, applied: granted, stateVersion: 8 })).toEqual({
      settled: true,
      mirror: true,
      anomaly: null,
    })
  })

  it('settles on a repeated answer, without mirroring it again', () => {
    expect(nextAcknowledgement(sync, { revision: 3, applied: granted, stateVersion: 7 })).toEqual({
      settled: true,
      mirror: false,
      anomaly: null,
    })
  })

  it('never settles on an answer to an older revision', () => {
    expect(nextAcknowledgement(sync, { revision: 2, applied: granted, stateVersion: 8 })).toEqual({
      settled: false,
      mirror: true,
      anomaly: null,
    })
  })

  it.each([
    { ownerUserId: 'user-2' },
    { ownerEmail: 'ben@example.com' },
    { ownerProven: false },
    { restriction: 'IN' },
    { state: 'revoked' as const },
  ])('calls the same revision with %j a conflict', (difference) => {
    const applied = { ...granted, ...difference }
    expect(nextAcknowledgement(sync, { revision: 3, applied, stateVersion: 8 })).toMatchObject({
      settled: false,
      anomaly: { kind: 'conflict', raiseAbove: 3 },
    })
  })

  it('notices that the peer is ahead of us', () => {
    expect(nextAcknowledgement(sync, { revision: 5, applied: granted, stateVersion: 8 })).toMatchObject({
      settled: false,
      anomaly: { kind: 'ahead', raiseAbove: 5 },
    })
  })
})

describe('refusalApplies', () => {
  it('counts for the current revision', () => {
    expect(refusalApplies({ revision: 3, ackedRevision: 2 }, { revision: 3 })).toBe(true)
  })

  it('does not count for an older revision', () => {
    expect(refusalApplies({ revision: 3, ackedRevision: 0 }, { revision: 2 })).toBe(false)
  })

  it('does not count once that revision was applied after all', () => {
    expect(refusalApplies({ revision: 3, ackedRevision: 3 }, { revision: 3 })).toBe(false)
  })
})
