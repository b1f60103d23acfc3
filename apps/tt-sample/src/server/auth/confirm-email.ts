import {normaliseEmail} from '@cross-app/shared'
import {dispatchAfterCommit, inTransaction, recordAudit, writeOutbox} from '../../cross-app'
import type {HostContext} from '../host-context'

/**
 * Someone followed the link mailed to this user's address: from now on the user is known to own it. Sign-in providers
 * that did not vouch for that very address are detached, because whoever attached them may be someone else. What was
 * bought as a guest becomes theirs to open. A second time changes nothing.
 */
export async function confirmEmail(context: HostContext, {userId}: {userId: string}): Promise<void> {
  const outboxId = await inTransaction(context, async (tx) => {
    const rows = await tx.$queryRaw<{id: string; email: string; emailVerified: Date | null}[]>`
      SELECT id, email, emailVerified FROM User WHERE id = ${userId} FOR UPDATE`
    const user = rows[0]
    if (user === undefined || user.emailVerified !== null) return null
    const within = {...context, tx}
    await tx.user.update({where: {id: userId}, data: {emailVerified: context.clock.now()}})
    const vouched = await tx.providerAccountSeen.findMany({
      where: {userId, vouchedEmail: normaliseEmail(user.email)},
    })
    const accounts = await tx.account.findMany({where: {userId}})
    const detached = accounts.filter(
      (account) =>
        !vouched.some(
          (seen) =>
            seen.provider === account.provider && seen.providerAccountId === account.providerAccountId,
        ),
    )
    await tx.account.deleteMany({where: {id: {in: detached.map(({id}) => id)}}})
    await recordAudit(within, {
      actor: `user:${userId}`,
      action: 'user.email-verified',
      purchaseId: null,
      subject: userId,
      data: {detachedProviders: detached.map(({provider}) => provider).join(',')},
    })
    return writeOutbox(within, {
      kind: 'event',
      name: 'user/email-verified',
      happening: `user/email-verified:${userId}`,
      data: {userId},
    })
  })
  if (outboxId !== null) await dispatchAfterCommit(context.crossApp, [outboxId])
}
