import {type EntitlementFailed, refusalApplies} from '@cross-app/shared'
import {raiseAlertWithin} from '../audit/raise-alert'
import type {DatabaseContext} from '../context'
import {inTransaction} from '../in-transaction'
import {lockSync} from './sync-row'

/**
 * AI Hero refuses the current revision for good: it is not sent again until a new revision exists, from a new fact or a
 * person's retry. A refusal of an older revision, or of one that was applied after all, changes nothing.
 *
 * @returns whether it changed anything
 */
export function refuseSync(
  context: DatabaseContext,
  {refusal}: {refusal: EntitlementFailed},
): Promise<boolean> {
  return inTransaction(context, async (tx) => {
    const row = await lockSync(tx, refusal.syncId)
    if (row === null || !refusalApplies(row, refusal) || row.refusedRevision === refusal.revision)
      return false
    await tx.crossAppSync.update({
      where: {id: row.id},
      data: {
        refusedRevision: refusal.revision,
        status: 'failed',
        errorMessage: `${refusal.code}: ${refusal.message}`,
        nextAttemptAt: null,
        dueSince: null,
      },
    })
    await raiseAlertWithin(
      {...context, tx},
      {
        actor: 'ai-hero',
        action: 'alert.sync-refused',
        purchaseId: row.purchaseId,
        subject: row.id,
        data: {revision: refusal.revision, code: refusal.code, error: refusal.message},
        once: [row.id, String(refusal.revision)],
      },
    )
    return true
  })
}
