import { z } from 'zod/v4'
import { id, revision } from './fields'

/** AH → TT. This revision is refused for good; only a new revision, or a person's retry, changes that. */
export const entitlementFailed = z.object({
  v: z.literal(1),
  syncId: id,
  revision,
  code: z.string().min(1).max(64),
  message: z.string().max(1000),
})

export type EntitlementFailed = z.infer<typeof entitlementFailed>
