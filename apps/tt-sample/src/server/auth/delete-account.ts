import {deleteLinkedUser, sendUnlinkAfterCommit} from '../../cross-app'
import type {HostContext} from '../host-context'

/**
 * Deletes a user and every way to sign in as them, and asks for the end of their link. Purchases stay, with the id of
 * who bought: deletion is no refund. Sessions end by themselves, because their user is gone.
 */
export async function deleteAccount(context: HostContext, {userId}: {userId: string}): Promise<void> {
  await deleteLinkedUser(context, {
    userId,
    async deleteUser(tx) {
      const user = await tx.user.findUnique({where: {id: userId}, select: {email: true}})
      await tx.account.deleteMany({where: {userId}})
      await tx.providerAccountSeen.deleteMany({where: {userId}})
      if (user !== null) await tx.verificationToken.deleteMany({where: {identifier: user.email}})
      await tx.user.deleteMany({where: {id: userId}})
    },
  })
  await sendUnlinkAfterCommit(context.crossApp, {userId})
}
