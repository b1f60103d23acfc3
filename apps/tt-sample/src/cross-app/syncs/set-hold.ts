import {NotFoundError} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {lockPurchase} from '../facts/lock-purchase'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'
import {type SentSync, sendSync} from './send-sync'
import {lockSync} from './sync-row'

export interface SetHold {
  syncId: string
  /** Why, for people; null releases the hold. */
  reason: string | null
  /** Who asks for it, such as `user:<id>` or `cli`. */
  actor: string
}

/**
 * Puts one sync on hold, or releases it: a fact like any other, of which its desired state is computed anew. A hold
 * never outranks a refund, and its release restores nothing that something else has ended.
 *
 * @returns whether that changed anything, and what became of the send
 * @throws NotFoundError
 */
export async function setHold(
  context: CrossAppContext,
  {syncId, reason, actor}: SetHold,
): Promise<{changed: boolean; revision: number; sent: SentSync['outcome']}> {
  const known = await context.db.crossAppSync.findUnique({where: {id: syncId}, select: {purchaseId: true}})
  if (known === null) throw new NotFoundError(`There is no sync ${syncId}. Look it up under /admin/syncs.`)
  const {purchaseId} = known
  const changed = await inTransaction(context, async (tx) => {
    const within = {...context, tx}
    await lockPurchase(tx, purchaseId)
    const sync = await lockSync(tx, syncId)
    if (sync === null) throw new NotFoundError(`Sync ${syncId} is gone.`)
    if (sync.holdReason === reason) return false
    await tx.crossAppSync.update({where: {id: syncId}, data: {holdReason: reason}})
    await recordAudit(within, {
      actor,
      action: reason === null ? 'sync.hold-released' : 'sync.held',
      purchaseId,
      subject: syncId,
      data: {reason: reason ?? sync.holdReason, revision: sync.revision},
    })
    await reviseSyncs(within, {purchaseId, actor})
    return true
  })
  const {outcome} = await sendSync(context, {syncId})
  const {revision} = await context.db.crossAppSync.findUniqueOrThrow({where: {id: syncId}})
  return {changed, revision, sent: outcome}
}
