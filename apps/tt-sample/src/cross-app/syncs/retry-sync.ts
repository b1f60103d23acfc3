import {NotFoundError} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'
import {type SentSync, sendSync} from './send-sync'
import {lockSync} from './sync-row'
import {thawSync} from './thaw-sync'

export interface RetriedSync {
  /** What is being sent now. */
  revision: number
  sent: SentSync['outcome']
}

/**
 * A person's retry: raises the sync's revision, which also resumes one that AI Hero refused for good, and sends it at
 * once. A frozen sync is thawed, which raises it too.
 *
 * @param actor who asks for it, such as `user:<id>` or `cli`
 * @throws NotFoundError, and what `thawSync` throws
 */
export async function retrySync(
  context: CrossAppContext,
  {syncId, actor}: {syncId: string; actor: string},
): Promise<RetriedSync> {
  const known = await context.db.crossAppSync.findUnique({where: {id: syncId}, select: {purchaseId: true}})
  if (known === null) throw new NotFoundError(`There is no sync ${syncId}. Look it up under /admin/syncs.`)
  const {purchaseId} = known
  const frozen = await inTransaction(context, async (tx) => {
    const within = {...context, tx}
    await reviseSyncs(within, {purchaseId, actor, raise: {syncId}})
    const sync = await lockSync(tx, syncId)
    if (sync === null) throw new NotFoundError(`Sync ${syncId} is gone.`)
    await recordAudit(within, {
      actor,
      action: 'sync.retried',
      purchaseId,
      subject: syncId,
      data: {revision: sync.revision, frozen: sync.frozenAt !== null},
    })
    return sync.frozenAt !== null
  })
  if (frozen) await thawSync(context, {syncId, purchaseId})
  const {outcome} = await sendSync(context, {syncId})
  const {revision} = await context.db.crossAppSync.findUniqueOrThrow({where: {id: syncId}})
  return {revision, sent: outcome}
}
