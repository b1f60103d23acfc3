import { z } from 'zod/v4'
import { id, revision } from './fields'

/** TT → AH. Asks the only writer of links to unlink exactly the named revision. */
export const accountUnlinkRequested = z.object({
  v: z.literal(1),
  linkRevision: revision,
  userId: id,
  linkedUserId: id,
  by: z.enum(['user', 'not-me', 'refused', 'account-deleted']),
  release: z.boolean(),
})

export type AccountUnlinkRequested = z.infer<typeof accountUnlinkRequested>
