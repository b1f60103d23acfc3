import { z } from 'zod/v4'
import type { ProofContext } from '../bridge/proof'
import { signToken, verifyToken } from '../bridge/signed-token'
import { ForgedEventError, isCrossAppError } from '../errors'
import { email, id } from '../events/fields'
import { LinkRefusedError } from './link-refused-error'

const LINK_TYP = 'cross-app-link+jwt'
const UNDO_TYP = 'cross-app-undo-link+jwt'
export const LINK_TOKEN_MINUTES = 10
export const UNDO_LINK_DAYS = 7

const linkClaims = z.object({
  jti: id,
  sub: id,
  email,
  name: z.string().max(255).optional(),
  returnTo: z.string().max(500).optional(),
  exp: z.number(),
})

/** What a link token says: this seller's user wants to be linked to whoever confirms it on the other app. */
export type LinkToken = {
  tokenId: string
  sellerUserId: string
  sellerEmail: string
  sellerName: string | null
  /** A path on the app that confirms, to go on to afterwards; checked there. */
  returnTo: string | null
  expiresAt: Date
}

/** Signs a link token for the peer; good for ten minutes, and for one use. */
export function createLinkToken(context: ProofContext, input: Omit<LinkToken, 'expiresAt'>): Promise<string> {
  return signToken(
    context.secrets,
    { purpose: 'link-token', from: context.from, to: context.to, environment: context.environment },
    LINK_TYP,
    {
      jti: input.tokenId,
      sub: input.sellerUserId,
      email: input.sellerEmail,
      ...(input.sellerName === null ? {} : { name: input.sellerName.slice(0, 255) }),
      ...(input.returnTo === null ? {} : { returnTo: input.returnTo }),
    },
    LINK_TOKEN_MINUTES * 60,
  )
}

/**
 * Verifies a link token of the peer (case 23: `alg: none`, another `typ`, `aud` or `iss`, an end that has passed).
 *
 * @throws LinkRefusedError token-expired or token-invalid
 */
export async function verifyLinkToken(context: ProofContext, token: string): Promise<LinkToken> {
  const use = { purpose: 'link-token' as const, ...endsOf(context) }
  const claims = linkClaims.safeParse(await verified(context, use, LINK_TYP, token))
  if (!claims.success) throw new LinkRefusedError('token-invalid')
  const { jti, sub, name, returnTo, exp } = claims.data
  return {
    tokenId: jti,
    sellerUserId: sub,
    sellerEmail: claims.data.email,
    sellerName: name ?? null,
    returnTo: returnTo ?? null,
    expiresAt: new Date(exp * 1000),
  }
}

const undoClaims = z.object({ sub: id, linkRevision: z.number().int().min(1), exp: z.number() })

/** Which link a person says they did not make. */
export type UndoLink = { sellerUserId: string; linkRevision: number }

/** Signs the "this wasn't me" of a mail, for this app itself; good for seven days. */
export function createUndoToken(context: ProofContext, input: UndoLink): Promise<string> {
  return signToken(
    context.secrets,
    undoUse(context),
    UNDO_TYP,
    { jti: crypto.randomUUID(), sub: input.sellerUserId, linkRevision: input.linkRevision },
    UNDO_LINK_DAYS * 24 * 60 * 60,
  )
}

/** Verifies a "this wasn't me". @throws LinkRefusedError token-expired or token-invalid */
export async function verifyUndoToken(context: ProofContext, token: string): Promise<UndoLink> {
  const claims = undoClaims.safeParse(await verified(context, undoUse(context), UNDO_TYP, token))
  if (!claims.success) throw new LinkRefusedError('token-invalid')
  return { sellerUserId: claims.data.sub, linkRevision: claims.data.linkRevision }
}

/** From this app to itself: the peer can neither make nor read one. */
function undoUse(context: ProofContext) {
  const { from, environment } = context
  return { purpose: 'undo-link' as const, from, to: from, environment }
}

function endsOf({ from, to, environment }: ProofContext) {
  return { from, to, environment }
}

async function verified(
  context: ProofContext,
  use: Parameters<typeof verifyToken>[1],
  typ: string,
  token: string,
): Promise<unknown> {
  try {
    return await verifyToken(context.secrets, use, typ, token)
  } catch (error) {
    if (!isCrossAppError(error)) throw error
    throw new LinkRefusedError(
      error instanceof ForgedEventError && error.reason === 'ERR_JWT_EXPIRED'
        ? 'token-expired'
        : 'token-invalid',
    )
  }
}
