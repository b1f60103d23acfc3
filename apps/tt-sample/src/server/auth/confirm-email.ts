import {normaliseEmail} from '@cross-app/shared'
import {
  dispatchAfterCommit,
  EMAIL_VERIFIED,
  endStrangersLink,
  recordAudit,
  sendUnlinkAfterCommit,
  type Transaction,
  writeOutbox,
} from '../../cross-app'
import type {HostContext} from '../host-context'

/**
 * Someone followed the link mailed to this user's address: from now on the user is known to own it. Sign-in providers
 * that did not vouch for that very address are detached, because whoever attached them may be someone else; a link that
 * they may have made ends too, in the same transaction, or what is proven now would open for them. What was bought as a
 * guest becomes the owner's to open. A second time changes nothing.
 */
export async function confirmEmail(context: HostContext, {userId}: {userId: string}): Promise<void> {
  let outboxId: string | null = null
  const {unlinkDue} = await endStrangersLink(context, {
    userId,
    async detach(tx) {
      const confirmed = await confirmUnderLock(context, tx, userId)
      outboxId = confirmed?.outboxId ?? null
      return confirmed?.detached ?? false
    },
  })
  // First: AI Hero then knows of it before it hears of what is proven.
  if (unlinkDue) await sendUnlinkAfterCommit(context.crossApp, {userId})
  if (outboxId !== null) await dispatchAfterCommit(context.crossApp, [outboxId])
}

async function confirmUnderLock(
  context: HostContext,
  tx: Transaction,
  userId: string,
): Promise<{outboxId: string; detached: boolean} | null> {
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
        (seen) => seen.provider === account.provider && seen.providerAccountId === account.providerAccountId,
      ),
  )
  await tx.account.deleteMany({where: {id: {in: detached.map(({id}) => id)}}})
  await recordAudit(within, {
    actor: `user:${userId}`,
    action: EMAIL_VERIFIED,
    purchaseId: null,
    subject: userId,
    data: {detachedProviders: detached.map(({provider}) => provider).join(',')},
  })
  const outboxId = await writeOutbox(within, {
    kind: 'event',
    name: 'user/email-verified',
    happening: `user/email-verified:${userId}`,
    data: {userId},
  })
  return {outboxId, detached: detached.length > 0}
}
