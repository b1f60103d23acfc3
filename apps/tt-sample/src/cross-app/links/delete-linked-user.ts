import {recordAudit} from '../audit/record-audit'
import type {DatabaseContext, Transaction} from '../context'
import {requestAccountUnlink} from './request-account-unlink'

/**
 * Runs the host's deletion of a user in the transaction that asks for the end of their link. Purchases and what was
 * opened with them stay: deletion is no refund.
 *
 * @param input.deleteUser deletes the host's rows; may run again after a lost deadlock
 */
export async function deleteLinkedUser(
  context: DatabaseContext,
  {userId, deleteUser}: {userId: string; deleteUser: (tx: Transaction) => Promise<void>},
): Promise<void> {
  await requestAccountUnlink(context, {
    userId,
    linkRevision: null,
    by: 'account-deleted',
    release: false,
    also: async (tx) => {
      await deleteUser(tx)
      await recordAudit(
        {...context, tx},
        {
          actor: `user:${userId}`,
          action: 'user.deleted',
          purchaseId: null,
          subject: userId,
          data: {},
          once: [userId],
        },
      )
    },
  })
}
