import {NotFoundError} from '@cross-app/shared'
import {type Press, pressedBefore} from '../audit/pressed-before'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext, Transaction} from '../context'
import {lockPurchase} from '../facts/lock-purchase'
import {inTransaction} from '../in-transaction'
import {reviseSyncs} from './revise-syncs'
import {type SentSync, sendSync} from './send-sync'
import {lockSync} from './sync-row'

export interface SetHold {
  syncId: string
  /** Why, for people; null releases the hold. */
  reason: string | null
  /** Why it is released, for the audit trail; without it the hold's own reason stands there. */
  releaseReason?: string
  /** Who asks for it, such as `user:<id>` or `cli`. */
  actor: string
  /** Given by a page; the command line means whatever is there now. */
  press?: Press
}

export interface HeldSync {
  /** `repeated`: this very press was done before. `moved-on`: the sync is not what the person saw; nothing was done. */
  outcome: 'changed' | 'unchanged' | 'repeated' | 'moved-on'
  revision: number
  sent: SentSync['outcome']
}

/**
 * Puts one sync on hold, or releases it: a fact like any other, of which its desired state is computed anew. A hold
 * never outranks a refund, and its release restores nothing that something else has ended.
 *
 * @returns whether that changed anything, and what became of the send
 * @throws NotFoundError
 */
export async function setHold(context: CrossAppContext, input: SetHold): Promise<HeldSync> {
  const {syncId} = input
  const known = await context.db.crossAppSync.findUnique({where: {id: syncId}, select: {purchaseId: true}})
  if (known === null) throw new NotFoundError(`There is no sync ${syncId}. Look it up under /admin/syncs.`)
  const {purchaseId} = known
  const outcome = await inTransaction(context, (tx) => change({...context, tx}, purchaseId, input))
  const sent = outcome === 'moved-on' ? 'not-due' : (await sendSync(context, {syncId})).outcome
  const {revision} = await context.db.crossAppSync.findUniqueOrThrow({where: {id: syncId}})
  return {outcome, revision, sent}
}

async function change(
  context: CrossAppContext & {tx: Transaction},
  purchaseId: string,
  {syncId, reason, releaseReason, actor, press}: SetHold,
): Promise<HeldSync['outcome']> {
  const {tx} = context
  await lockPurchase(tx, purchaseId)
  const sync = await lockSync(tx, syncId)
  if (sync === null) throw new NotFoundError(`Sync ${syncId} is gone.`)
  const action = reason === null ? 'sync.hold-released' : 'sync.held'
  const isHeld = sync.holdReason !== null
  if (press !== undefined) {
    if (await pressedBefore(tx, action, press)) return 'repeated'
    // A frozen sync keeps its revision when it is held: what the button was for has to be looked at too.
    if (sync.revision !== press.revision || isHeld === (reason !== null)) return 'moved-on'
  }
  if (sync.holdReason === reason) return 'unchanged'
  await tx.crossAppSync.update({where: {id: syncId}, data: {holdReason: reason}})
  await recordAudit(context, {
    actor,
    action,
    purchaseId,
    subject: syncId,
    data: {reason: reason ?? releaseReason ?? sync.holdReason, revision: sync.revision},
    ...(press === undefined ? {} : {once: [press.id]}),
  })
  await reviseSyncs(context, {purchaseId, actor})
  return 'changed'
}
