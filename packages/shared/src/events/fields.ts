import { z } from 'zod/v4'

/** An id of either app: opaque, printable, short enough for its column (varchar 191). */
export const id = z.string().min(1).max(191)

export const revision = z.number().int().min(1)
export const stateVersion = z.number().int().min(0)
export const instant = z.iso.datetime({ offset: false })
export const email = z.string().min(3).max(254)

/** ISO 3166-1 alpha-2, set when the purchase was made at a purchasing-power price. */
export const country = z.string().regex(/^[A-Z]{2}$/)

/** The Total TypeScript user who owns the purchase now. `proven`: the address is known to be theirs (ADR 5). */
export const owner = z.object({
  userId: id,
  email,
  proven: z.boolean(),
  name: z.string().max(255).optional(),
})

/** The desired state that AI Hero has stored for a grant, in full: what an answer is compared by. */
export const appliedState = z.object({
  state: z.enum(['granted', 'suspended', 'revoked']),
  ownerUserId: id,
  ownerEmail: email,
  ownerProven: z.boolean(),
  restriction: country.nullable(),
})

export const provider = z.enum(['github', 'discord'])
export const linkMethod = z.enum(['oauth-github', 'oauth-discord', 'explicit'])
