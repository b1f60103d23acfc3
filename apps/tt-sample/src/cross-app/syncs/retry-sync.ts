import {NotFoundError} from '@cross-app/shared'
import {type Press, pressedBefore} from '../audit/pressed-before'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext, Transaction} from '../context'
import {lockPurchase} from '../facts/lock-purchase'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'
import {type SentSync, sendSync} from './send-sync'
import {lockSync} from './sync-row'
import {thawSync} from './thaw-sync'

export interface RetrySync {
  syncId: string
  /** Who asks for it, such as `user:<id>` or `cli`. */
  actor: string
  /** Why, for people; kept in the audit trail. */
  reason?: string
  /** Given by a page; the command line means whatever is there now. */
  press?: Press
}

export interface RetriedSync {
  /** `repeated`: this very press was done before. `moved-on`: the sync is not what the person saw; nothing was done. */
  outcome: 'retried' | 'repeated' | 'moved-on'
  /** What is being sent now. */
  revision: number
  sent: SentSync['outcome']
}

const ACTION = 'sync.retried'

/**
 * A person's retry: raises the sync's revision, which also resumes one that AI Hero refused for good, and sends it at
 * once. A frozen sync is thawed, which raises it too.
 *
 * @throws NotFoundError, and what `thawSync` throws
 */
export async function retrySync(context: CrossAppContext, input: RetrySync): Promise<RetriedSync> {
  const {syncId} = input
  const known = await context.db.crossAppSync.findUnique({where: {id: syncId}, select: {purchaseId: true}})
  if (known === null) throw new NotFoundError(`There is no sync ${syncId}. Look it up under /admin/syncs.`)
  const {purchaseId} = known
  const {outcome, frozen} = await inTransaction(context, (tx) => raise({...context, tx}, purchaseId, input))
  if (frozen && outcome === 'retried') await thawSync(context, {syncId, purchaseId})
  const sent = outcome === 'moved-on' ? 'not-due' : (await sendSync(context, {syncId})).outcome
  const {revision} = await context.db.crossAppSync.findUniqueOrThrow({where: {id: syncId}})
  return {outcome, revision, sent}
}

async function raise(
  context: CrossAppContext & {tx: Transaction},
  purchaseId: string,
  {syncId, actor, reason, press}: RetrySync,
): Promise<{outcome: RetriedSync['outcome']; frozen: boolean}> {
  const {tx} = context
  await lockPurchase(tx, purchaseId)
  const before = await lockSync(tx, syncId)
  if (before === null) throw new NotFoundError(`Sync ${syncId} is gone.`)
  const frozen = before.frozenAt !== null
  if (press !== undefined) {
    if (await pressedBefore(tx, ACTION, press)) return {outcome: 'repeated', frozen}
    if (before.revision !== press.revision) return {outcome: 'moved-on', frozen}
  }
  await reviseSyncs(context, {purchaseId, actor, raise: {syncId}})
  const sync = await lockSync(tx, syncId)
  await recordAudit(context, {
    actor,
    action: ACTION,
    purchaseId,
    subject: syncId,
    data: {
      revision: sync === null ? before.revision : sync.revision,
      frozen,
      ...(reason === undefined ? {} : {reason}),
    },
    ...(press === undefined ? {} : {once: [press.id]}),
  })
  return {outcome: 'retried', frozen}
}
