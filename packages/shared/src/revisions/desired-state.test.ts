import { describe, expect, it } from 'vitest'
import { desiredState, type PurchaseFacts } from './desired-state'

const paid: PurchaseFacts = {
  owner: { userId: 'user-1', email: 'ada@example.com', proven: true },
  restriction: null,
  amountPaid: 10_000,
  refunds: [],
  disputes: [],
  held: false,
  parent: null,
}
const stateOf = (facts: Partial<PurchaseFacts>) => desiredState({ ...paid, ...facts }).desired.state
const refund = (amount: number, status = 'succeeded') => ({ id: `re_${amount}_${status}`, amount, status })
const dispute = (status: string) => ({ id: `dp_${status}`, status })

describe('desiredState', () => {
  it('grants a paid purchase', () => {
    expect(desiredState(paid)).toEqual({
      desired: {
        state: 'granted',
        ownerUserId: 'user-1',
        ownerEmail: 'ada@example.com',
        ownerProven: true,
        restriction: null,
      },
      reason: null,
    })
  })

  it('keeps access after a partial refund', () => {
    expect(stateOf({ refunds: [refund(9_999)] })).toBe('granted')
  })

  it('revokes once partial refunds reach the amount paid', () => {
    expect(stateOf({ refunds: [refund(4_000), refund(6_000)] })).toBe('revoked')
  })

  it('counts a refund that is still pending', () => {
    expect(stateOf({ refunds: [refund(10_000, 'pending')] })).toBe('revoked')
  })

  it.each(['failed', 'canceled'])('restores access when the refund is %s', (status) => {
    expect(stateOf({ refunds: [refund(10_000, status)] })).toBe('granted')
  })

  it('stays revoked when one refund fails and another stands', () => {
    expect(stateOf({ refunds: [refund(10_000, 'failed'), refund(10_000)] })).toBe('revoked')
  })

  it('never revokes a fully discounted purchase by a refund of nothing', () => {
    expect(stateOf({ amountPaid: 0, refunds: [refund(0)] })).toBe('granted')
  })

  it.each(['needs_response', 'under_review'])('suspends while a dispute is %s', (status) => {
    expect(desiredState({ ...paid, disputes: [dispute(status)] })).toMatchObject({
      desired: { state: 'suspended' },
      reason: 'dispute',
    })
  })

  it('revokes when a dispute is lost', () => {
    expect(stateOf({ disputes: [dispute('lost')] })).toBe('revoked')
  })

  it('restores when a dispute is won', () => {
    expect(stateOf({ disputes: [dispute('won')] })).toBe('granted')
  })

  it.each(['warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented'])(
    'changes nothing for an inquiry that is %s',
    (status) => {
      expect(stateOf({ disputes: [dispute(status)] })).toBe('granted')
    },
  )

  it('stays revoked when the purchase was refunded and its dispute is won', () => {
    expect(stateOf({ refunds: [refund(10_000)], disputes: [dispute('won')] })).toBe('revoked')
  })

  it('suspends while support holds the purchase', () => {
    expect(desiredState({ ...paid, held: true })).toMatchObject({
      desired: { state: 'suspended' },
      reason: 'hold',
    })
  })

  it("follows the team's purchase for a seat", () => {
    expect(stateOf({ amountPaid: 0, parent: { state: 'revoked', reason: 'refund' } })).toBe('revoked')
    expect(stateOf({ amountPaid: 0, parent: { state: 'suspended', reason: 'dispute' } })).toBe('suspended')
    expect(stateOf({ amountPaid: 0, parent: { state: 'granted', reason: null } })).toBe('granted')
  })
})
