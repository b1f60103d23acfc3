import { z } from 'zod/v4'
import { appliedState, id, revision, stateVersion } from './fields'

/** What every answer about a grant carries: the desired state AH has, and what became of it. */
export const grantAnswer = {
  v: z.literal(1),
  syncId: id,
  sourcePurchaseId: id,
  productId: id,
  revision,
  appliedState,
  stateVersion,
  grantId: id,
  entitlementIds: z.array(id),
  targetUserId: id.optional(),
}

/** AH → TT. The grant stands: `active` when someone claimed it, else `pending`. */
export const entitlementGranted = z.object({ ...grantAnswer, status: z.enum(['active', 'pending']) })

export type EntitlementGranted = z.infer<typeof entitlementGranted>
