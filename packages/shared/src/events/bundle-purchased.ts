import { z } from 'zod/v4'
import { country, id, instant, owner, revision, stateVersion } from './fields'

/** TT → AH. The purchase entitles its owner to `targetProductId`, as of `revision`. */
export const bundlePurchased = z.object({
  v: z.literal(1),
  syncId: id,
  purchaseId: id,
  targetProductId: id,
  revision,
  /** The newest state of the grant that TT has seen: AH's next state is numbered above it, also after a restore. */
  stateVersionSeen: stateVersion,
  owner,
  /** A hint for logs and support. AH decides by its own link, never by this. */
  linkedUserId: id.optional(),
  /** An unlink is under way: the grant stays unclaimed for a link of this revision or older. */
  unlinkingLinkRevision: revision.optional(),
  restriction: country.optional(),
  purchasedAt: instant,
  reason: z.enum(['purchase', 'restored', 'transferred', 'resync']),
})

export type BundlePurchased = z.infer<typeof bundlePurchased>
