import { z } from 'zod/v4'
import { country, id, owner, revision, stateVersion } from './fields'

/** TT → AH. The purchase no longer entitles (`revoke`), or not for now (`suspend`). */
export const entitlementRevoke = z.object({
  v: z.literal(1),
  syncId: id,
  purchaseId: id,
  targetProductId: id,
  revision,
  stateVersionSeen: stateVersion,
  owner,
  unlinkingLinkRevision: revision.optional(),
  /** Part of the desired state, so that AH's answer can be compared with it in full. */
  restriction: country.optional(),
  mode: z.enum(['revoke', 'suspend']),
  reason: z.enum(['refund', 'dispute', 'hold']),
})

export type EntitlementRevoke = z.infer<typeof entitlementRevoke>
