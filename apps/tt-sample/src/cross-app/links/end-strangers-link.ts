import type {DatabaseContext, Transaction} from '../context'
import {prismaLinkStore} from './prisma-link-store'
import {requestUnlinkUnderLock} from './request-account-unlink'

/**
 * Runs the host's work that may take ways to sign in off a user, and when it did, ends in the same transaction the link
 * that whoever used them may have made: with release, or what its owner proves next would open for that person. Link
 * tokens on their way are void too.
 *
 * @param input.detach the host's work; says whether it took anything off. May run again after a lost deadlock
 * @returns whether AI Hero has to be asked: see `send-unlink-after-commit`
 */
export function endStrangersLink(
  context: DatabaseContext,
  {userId, detach}: {userId: string; detach: (tx: Transaction) => Promise<boolean>},
): Promise<{unlinkDue: boolean}> {
  return prismaLinkStore(context).withLink(userId, async (held) => {
    const {tx} = held
    if (!(await detach(tx))) return {unlinkDue: false}
    const now = context.clock.now()
    await tx.linkRequest.updateMany({where: {userId, consumedAt: null}, data: {consumedAt: now}})
    const {outcome} = await requestUnlinkUnderLock(context, held, {
      userId,
      linkRevision: null,
      by: 'not-me',
      release: true,
    })
    return {unlinkDue: outcome === 'requested'}
  })
}
