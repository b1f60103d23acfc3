import { z } from 'zod/v4'
import { grantAnswer } from './entitlement-granted'

/** AH → TT. The grant gives no access: taken away for good (`revoked`) or for now (`suspended`). */
export const entitlementRevoked = z.object({
  ...grantAnswer,
  status: z.enum(['revoked', 'suspended']),
})

export type EntitlementRevoked = z.infer<typeof entitlementRevoked>
