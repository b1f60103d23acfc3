import { z } from 'zod/v4'
import { email, id, instant, linkMethod, revision } from './fields'

/** AH → TT, and inside AH. `userId` is AI Hero's, `linkedUserId` Total TypeScript's. */
export const accountLinked = z.object({
  v: z.literal(1),
  linkRevision: revision,
  userId: id,
  linkedUserId: id,
  /** Only on explicit links, where the person saw both identities. */
  linkedEmail: email.optional(),
  linkMethod,
  jti: id.optional(),
  linkedAt: instant,
})

export type AccountLinked = z.infer<typeof accountLinked>
