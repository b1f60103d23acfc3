import {dispatchAfterCommit, inTransaction, recordAudit, writeOutbox} from '../../cross-app'
import type {HostContext} from '../host-context'

export interface ProviderSignIn {
  provider: string
  providerAccountId: string
  userId: string
  /** Normalised; verified by the provider. */
  vouchedEmail: string
}

/**
 * Notes the address that a provider vouched for at a sign-in, and announces the sign-in in-app. An account without a row
 * was attached before rows were written, which is what its date then says.
 */
export async function noteProviderSignIn(context: HostContext, input: ProviderSignIn): Promise<void> {
  const {provider, providerAccountId, userId, vouchedEmail} = input
  const outboxId = await inTransaction(context, async (tx) => {
    await tx.providerAccountSeen.createMany({
      data: [{provider, providerAccountId, userId, newUser: false, attachedAt: new Date(0)}],
      skipDuplicates: true,
    })
    await tx.providerAccountSeen.updateMany({
      where: {provider, providerAccountId, userId},
      data: {vouchedEmail},
    })
    await recordAudit(
      {...context, tx},
      {
        actor: `user:${userId}`,
        action: 'user.signed-in',
        purchaseId: null,
        subject: userId,
        data: {provider},
      },
    )
    return writeOutbox(
      {...context, tx},
      {
        kind: 'event',
        name: 'user/signed-in',
        // Every sign-in is a happening of its own.
        happening: `user/signed-in:${crypto.randomUUID()}`,
        data: {userId, provider, providerAccountId},
      },
    )
  })
  await dispatchAfterCommit(context.crossApp, [outboxId])
}
