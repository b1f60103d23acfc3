import { z } from 'zod/v4'
import { id, instant, provider } from './fields'

/** Both ways. Someone signed in with this provider account just now; no email, good for ten minutes. */
export const userOauthLogin = z.object({
  v: z.literal(1),
  userId: id,
  provider,
  providerAccountId: id,
  at: instant,
  expiresAt: instant,
})

export type UserOauthLogin = z.infer<typeof userOauthLogin>
