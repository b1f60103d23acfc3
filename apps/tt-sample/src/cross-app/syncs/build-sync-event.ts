import {
  type BundlePurchased,
  type CrossAppEvent,
  type EntitlementRevoke,
  type LinkRecord,
  liveLink,
} from '@cross-app/shared'
import type {SyncRow} from './sync-row'

/** What goes along with a sync but belongs to other rows. */
export interface SyncSurroundings {
  purchasedAt: Date
  ownerName: string | null
  /** The mirror of the owner's link, or null. */
  link: LinkRecord | null
}

/**
 * The event a sync row stands for. Name and payload both come from this one row, and no sender passes a state: a sender
 * that runs late can't contradict what is true now.
 */
export function buildSyncEvent(row: SyncRow, around: SyncSurroundings): CrossAppEvent {
  const unlinking = around.link === null ? null : around.link.unlinkRequest
  const live = around.link === null || unlinking !== null ? null : liveLink(around.link)
  const common = {
    v: 1 as const,
    syncId: row.id,
    purchaseId: row.purchaseId,
    targetProductId: row.targetProductId,
    revision: row.revision,
    stateVersionSeen: row.stateVersion,
    owner: {
      userId: row.ownerUserId,
      email: row.ownerEmail,
      proven: row.ownerProven,
      ...(around.ownerName === null ? {} : {name: around.ownerName}),
    },
    ...(unlinking === null ? {} : {unlinkingLinkRevision: unlinking.linkRevision}),
    ...(row.restriction === null ? {} : {restriction: row.restriction}),
  }
  if (row.desiredState === 'granted') {
    return {
      name: 'bundle/purchased',
      data: {
        ...common,
        ...(live === null ? {} : {linkedUserId: live.granterUserId}),
        purchasedAt: around.purchasedAt.toISOString(),
        reason: row.reason as BundlePurchased['reason'],
      },
    }
  }
  return {
    name: 'entitlement/revoke',
    data: {
      ...common,
      mode: row.desiredState === 'suspended' ? 'suspend' : 'revoke',
      reason: row.reason as EntitlementRevoke['reason'],
    },
  }
}
