import {crossAppEvents} from '@cross-app/shared'
import {describe, expect, it} from 'vitest'
import {buildSyncEvent, type SyncSurroundings} from './build-sync-event'
import type {SyncRow} from './sync-row'

const row: SyncRow = {
  id: 'sync-1',
  purchaseId: 'purchase-1',
  targetApp: 'ai-hero',
  targetProductId: 'product-1',
  status: 'pending',
  targetEntitlementId: null,
  targetUserId: null,
  errorMessage: null,
  retryCount: 0,
  createdAt: new Date(0),
  syncedAt: null,
  revokedAt: null,
  desiredState: 'granted',
  reason: 'purchase',
  ownerUserId: 'user-1',
  ownerEmail: 'ada@example.com',
  ownerProven: true,
  restriction: null,
  revision: 3,
  ackedRevision: 0,
  refusedRevision: null,
  stateVersion: 5,
  mirrorStatus: null,
  targetGrantId: null,
  frozenAt: null,
  seenRevision: null,
  holdReason: null,
  nextAttemptAt: null,
  dueSince: null,
  updatedAt: new Date(0),
}
const link = {linkedUserId: 'ah-1', linkRevision: 4, unlinkedAt: null, unlinkRequestedAt: null}
const around: SyncSurroundings = {
  purchasedAt: new Date('2026-11-21T10:00:00.000Z'),
  ownerName: 'Ada',
  link: null,
}

describe('buildSyncEvent', () => {
  it.each([
    ['granted', 'purchase', 'bundle/purchased'],
    ['granted', 'restored', 'bundle/purchased'],
    ['granted', 'transferred', 'bundle/purchased'],
    ['granted', 'resync', 'bundle/purchased'],
    ['suspended', 'dispute', 'entitlement/revoke'],
    ['suspended', 'hold', 'entitlement/revoke'],
    ['revoked', 'refund', 'entitlement/revoke'],
    ['revoked', 'dispute', 'entitlement/revoke'],
  ])('makes an event that fits its schema of %s because of %s: %s', (desiredState, reason, name) => {
    const event = buildSyncEvent({...row, desiredState, reason, restriction: 'IN'}, around)
    expect(event.name).toBe(name)
    expect(() => crossAppEvents[event.name].parse(event.data)).not.toThrow()
    expect(event.data).toMatchObject({revision: 3, stateVersionSeen: 5, restriction: 'IN', reason})
  })

  it('hints at the linked account, but not while an unlink is under way, which it names instead', () => {
    expect(buildSyncEvent(row, {...around, link}).data).toMatchObject({linkedUserId: 'ah-1'})
    const unlinking = buildSyncEvent(row, {...around, link: {...link, unlinkRequestedAt: new Date()}}).data
    expect(unlinking).toMatchObject({unlinkingLinkRevision: 4})
    expect(unlinking).not.toHaveProperty('linkedUserId')
    const gone = buildSyncEvent(row, {...around, link: {...link, unlinkedAt: new Date()}}).data
    expect(gone).not.toHaveProperty('linkedUserId')
  })
})
