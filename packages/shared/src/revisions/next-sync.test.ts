import { describe, expect, it } from 'vitest'
import { desiredState, type PurchaseFacts } from './desired-state'
import { nextSync } from './next-sync'

const facts: PurchaseFacts = {
  owner: { userId: 'user-1', email: 'ada@example.com', proven: true },
  restriction: null,
  amountPaid: 100,
  refunds: [],
  disputes: [],
  held: false,
  parent: null,
}
const refunded = { ...facts, refunds: [{ id: 're_1', amount: 100, status: 'succeeded' }] }
const at = (revision: number, from: PurchaseFacts = facts) => ({
  revision,
  desired: desiredState(from).desired,
})

describe('nextSync', () => {
  it('starts at revision 1', () => {
    expect(nextSync(null, facts)).toMatchObject({ kind: 'revised', revision: 1, reason: 'purchase' })
  })

  it('starts revoked when the refund came before the purchase', () => {
    expect(nextSync(null, refunded)).toMatchObject({
      revision: 1,
      desired: { state: 'revoked' },
      reason: 'refund',
    })
  })

  it('does not rise when nothing changed', () => {
    expect(nextSync(at(4), facts)).toEqual({ kind: 'unchanged' })
  })

  it('rises by one when the state changed', () => {
    expect(nextSync(at(4), refunded)).toMatchObject({ kind: 'revised', revision: 5, reason: 'refund' })
  })

  it('calls a return of access a restore', () => {
    expect(nextSync(at(5, refunded), facts)).toMatchObject({ revision: 6, reason: 'restored' })
  })

  it('is one revision when the owner changes', () => {
    const moved = { ...facts, owner: { ...facts.owner, userId: 'user-2' } }
    expect(nextSync(at(1), moved)).toMatchObject({ revision: 2, reason: 'transferred' })
  })

  it('rises without a change when a person asks', () => {
    expect(nextSync(at(3), facts, { raise: true })).toMatchObject({ revision: 4, reason: 'resync' })
  })

  it('rises above a revision the peer has already seen', () => {
    expect(nextSync(at(3), facts, { above: 9 })).toMatchObject({ kind: 'revised', revision: 10 })
  })
})
