import {crossAppEvents, type LinkRecord, unlinkedRecord} from '@cross-app/shared'
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
const at = '2026-11-21T09:00:00.000Z'
const live = {
  granterUserId: 'ah-1',
  method: 'explicit',
  granterEmail: null,
  sellerEmail: null,
  tokenId: null,
  linkedAt: at,
  ended: null,
} as const
const link: LinkRecord = {sellerUserId: 'user-1', linkRevision: 4, link: live, unlinkRequest: null}
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
    const unlinkRequest = {linkRevision: 4, by: 'user', release: false, at} as const
    const unlinking = buildSyncEvent(row, {...around, link: {...link, unlinkRequest}}).data
    expect(unlinking).toMatchObject({unlinkingLinkRevision: 4})
    expect(unlinking).not.toHaveProperty('linkedUserId')
    const ended = {at, by: 'user', released: false} as const
    const gone = buildSyncEvent(row, {...around, link: {...link, link: {...live, ended}}}).data
    expect(gone).not.toHaveProperty('linkedUserId')
  })

  it('names no account for a user who was never linked', () => {
    const {data} = buildSyncEvent(row, {...around, link: unlinkedRecord('user-1')})
    expect(data).not.toHaveProperty('linkedUserId')
    expect(data).not.toHaveProperty('unlinkingLinkRevision')
  })
})
