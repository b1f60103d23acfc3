import { describe, expect, it } from 'vitest'
import type { DesiredState } from './desired-state'
import { accessOf, type GrantRevision, grantStatus, type IncomingRevision, nextGrant } from './next-grant'

const granted: DesiredState = {
  state: 'granted',
  ownerUserId: 'tt-ada',
  ownerEmail: 'ada@example.com',
  ownerProven: true,
  restriction: null,
}
const revoked: DesiredState = { ...granted, state: 'revoked' }
const link = { userId: 'ah-ada', linkRevision: 4 }
const incoming = (revision: number, desired = granted, more: Partial<IncomingRevision> = {}) => ({
  revision,
  desired,
  stateVersionSeen: 0,
  unlinkingLinkRevision: null,
  ...more,
})
const stored: GrantRevision = {
  revision: 2,
  desired: granted,
  stateVersion: 5,
  claim: { userId: 'ah-ada', linkRevision: 4 },
}
const decide = (input: Partial<Parameters<typeof nextGrant>[0]>) =>
  nextGrant({ grant: null, incoming: incoming(1), link: null, productKnown: true, ...input })

describe('nextGrant', () => {
  it('opens at once for a linked owner', () => {
    const { grant } = decide({ link })
    expect(accessOf(grant)).toBe('ah-ada')
  })

  it('takes a suspension of a grant whose product is gone, and refuses one for a grant and product never seen', () => {
    const suspended: DesiredState = { ...granted, state: 'suspended' }
    const taken = decide({ grant: stored, link, productKnown: false, incoming: incoming(3, suspended) })
    expect(taken.outcome).toBe('applied')
    expect(accessOf(taken.grant)).toBeNull()
    expect(decide({ productKnown: false, incoming: incoming(1, suspended) }).outcome).toBe('refused')
  })

  it('waits for a claim when the owner is not linked', () => {
    const { grant } = decide({})
    expect(accessOf(grant)).toBeNull()
    expect(grant && grantStatus(grant)).toBe('pending')
  })

  it('waits for a claim when the owner is linked but not proven', () => {
    const { grant } = decide({ link, incoming: incoming(1, { ...granted, ownerProven: false }) })
    expect(accessOf(grant)).toBeNull()
  })

  it('claims when a later revision proves a linked owner', () => {
    const unproven = { ...granted, ownerProven: false }
    const before: GrantRevision = { revision: 1, desired: unproven, stateVersion: 1, claim: null }
    expect(accessOf(decide({ grant: before, link, incoming: incoming(2) }).grant)).toBe('ah-ada')
  })

  it('changes nothing when the same revision arrives twice', () => {
    expect(decide({ grant: stored, link, incoming: incoming(2) })).toEqual({
      outcome: 'repeated',
      grant: stored,
      changed: false,
    })
  })

  it('changes nothing for an older revision', () => {
    expect(decide({ grant: stored, link, incoming: incoming(1, revoked) })).toEqual({
      outcome: 'stale',
      grant: stored,
      changed: false,
    })
  })

  it('does not apply the same revision with another state', () => {
    expect(decide({ grant: stored, link, incoming: incoming(2, revoked) })).toEqual({
      outcome: 'conflict',
      grant: stored,
      changed: false,
    })
  })

  it('leaves a tombstone for a revoke it has no grant for', () => {
    const tombstone = decide({ incoming: incoming(2, revoked), link }).grant
    expect(tombstone && grantStatus(tombstone)).toBe('revoked')
    expect(decide({ grant: tombstone, incoming: incoming(1), link }).outcome).toBe('stale')
  })

  it('refuses a grant for a product it does not know', () => {
    expect(decide({ productKnown: false }).outcome).toBe('refused')
  })

  it('accepts a revoke for a product it does not know', () => {
    expect(decide({ productKnown: false, incoming: incoming(1, revoked) }).outcome).toBe('applied')
  })

  it('suspends access to a product that has left the catalogue', () => {
    const suspended = incoming(3, { ...granted, state: 'suspended' })
    expect(accessOf(decide({ grant: stored, productKnown: false, incoming: suspended }).grant)).toBeNull()
  })

  it('answers a late grant of an unknown product with the tombstone', () => {
    const tombstone = decide({ incoming: incoming(2, revoked), productKnown: false }).grant
    expect(decide({ grant: tombstone, productKnown: false }).outcome).toBe('stale')
  })

  it('keeps the claim through a suspension', () => {
    const suspended = decide({
      grant: stored,
      incoming: incoming(3, { ...granted, state: 'suspended' }),
    }).grant
    expect(accessOf(suspended)).toBeNull()
    expect(accessOf(decide({ grant: suspended, incoming: incoming(4) }).grant)).toBe('ah-ada')
  })

  it('clears the claim when the owner changes, and claims by the new owner’s link', () => {
    const moved = { ...granted, ownerUserId: 'tt-ben' }
    expect(accessOf(decide({ grant: stored, incoming: incoming(3, moved) }).grant)).toBeNull()
    const linked = { userId: 'ah-ben', linkRevision: 1 }
    expect(accessOf(decide({ grant: stored, incoming: incoming(3, moved), link: linked }).grant)).toBe(
      'ah-ben',
    )
  })

  it('does not claim by a link that is being undone, and does by a newer one', () => {
    const unlinking = incoming(1, granted, { unlinkingLinkRevision: 4 })
    expect(accessOf(decide({ incoming: unlinking, link }).grant)).toBeNull()
    expect(accessOf(decide({ incoming: unlinking, link: { ...link, linkRevision: 5 } }).grant)).toBe('ah-ada')
  })

  it('numbers every write above what it had and above what the sender has seen', () => {
    const { grant } = decide({ grant: stored, incoming: incoming(3, revoked, { stateVersionSeen: 41 }) })
    expect(grant?.stateVersion).toBe(42)
    expect(decide({ grant: stored, incoming: incoming(3, revoked) }).grant?.stateVersion).toBe(6)
  })

  it('answers above a version the sender has seen even when nothing else changed', () => {
    expect(decide({ grant: stored, incoming: incoming(2, granted, { stateVersionSeen: 9 }) })).toEqual({
      outcome: 'repeated',
      grant: { ...stored, stateVersion: 10 },
      changed: true,
    })
  })
})
