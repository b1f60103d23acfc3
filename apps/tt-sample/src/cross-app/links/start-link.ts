import {LINK_TOKEN_MINUTES, LinkRefusedError, liveLink} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {addressOf} from '../facts/address-of'
import {lockUser} from './find-user'
import {prismaLinkStore} from './prisma-link-store'

export type StartedLink =
  /** Where the person confirms the link, on AI Hero; good for ten minutes and one use. Holds a token: keep it out of logs. */
  {outcome: 'started'; url: string} | {outcome: 'already-linked'}

/**
 * Begins an explicit link: notes that this app asks for it, and signs a token that says so. Nothing is linked until the
 * person has confirmed it on AI Hero.
 *
 * @param input.returnTo a path on AI Hero to go on to afterwards; AI Hero judges it
 * @throws LinkRefusedError user-missing, still-unlinking
 */
export async function startLink(
  context: CrossAppContext,
  {userId, returnTo}: {userId: string; returnTo: string | null},
): Promise<StartedLink> {
  const started = await prismaLinkStore(context).withLink(userId, async ({tx, record}) => {
    const user = await lockUser(tx, userId)
    if (user === null) throw new LinkRefusedError('user-missing')
    if (record.unlinkRequest !== null) throw new LinkRefusedError('still-unlinking')
    if (liveLink(record) !== null) return null
    const now = context.clock.now()
    const tokenId = crypto.randomUUID()
    await tx.linkRequest.create({
      data: {
        jti: tokenId,
        userId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + LINK_TOKEN_MINUTES * 60_000),
      },
    })
    await recordAudit(
      {...context, tx},
      {
        actor: `user:${userId}`,
        action: 'link.started',
        purchaseId: null,
        subject: userId,
        data: {tokenId, linkRevision: record.linkRevision},
      },
    )
    return {tokenId, user}
  })
  if (started === null) return {outcome: 'already-linked'}
  const {tokenId, user} = started
  const token = await context.bridge.createLinkToken({
    tokenId,
    sellerUserId: userId,
    sellerEmail: addressOf(user.email),
    sellerName: user.name,
    returnTo,
  })
  return {outcome: 'started', url: `${context.peerUrl}/account-link/confirm?token=${token}`}
}
