import { z } from 'zod/v4'
import { id, instant, revision } from './fields'

/** AH → TT. As of `linkRevision` the two accounts are not linked. */
export const accountUnlinked = z.object({
  v: z.literal(1),
  linkRevision: revision,
  userId: id,
  linkedUserId: id,
  unlinkedAt: instant,
  by: z.enum(['user', 'not-me', 'refused', 'account-deleted']),
  released: z.boolean(),
})

export type AccountUnlinked = z.infer<typeof accountUnlinked>
