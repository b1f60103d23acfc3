import {deriveSyncStatus, nextSync, type PurchaseFacts} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {TransactionContext} from '../context'
import {lockPurchase} from '../facts/lock-purchase'
import {type KnownFacts, readPurchaseFacts} from '../facts/read-purchase-facts'
import {columnsOf, desiredStateOf, lockSyncsOfPurchase, type SyncRow} from './sync-row'

export interface ReviseSyncsInput {
  purchaseId: string
  /** Who or what brought the new fact, for the audit trail. */
  actor: string
  /** Makes a new revision of this sync also when nothing changed: a person's retry. */
  raise?: {syncId: string}
  /** Lets a frozen sync go on, above the revision the peer has seen. */
  thaw?: {syncId: string}
}

/**
 * Computes again, under the purchase's lock, what it entitles to, and makes a new revision of each sync whose result
 * changed. Call it in the transaction that writes a new fact; calling it without one changes nothing.
 *
 * A frozen sync stays as it is until it is thawed: the peer knows more than this database.
 *
 * @returns ids of the syncs that got a new revision
 */
export async function reviseSyncs(context: TransactionContext, input: ReviseSyncsInput): Promise<string[]> {
  const purchase = await lockPurchase(context.tx, input.purchaseId)
  if (purchase === null) return []
  return reviseSyncsByFacts(context, input, await readPurchaseFacts(context.tx, purchase))
}

/** The same for a caller that holds the purchase's lock and has read its facts under it. */
export async function reviseSyncsByFacts(
  context: TransactionContext,
  input: ReviseSyncsInput,
  facts: KnownFacts,
): Promise<string[]> {
  const syncs = await lockSyncsOfPurchase(context.tx, input.purchaseId)
  const revised: string[] = []
  for (const sync of syncs) {
    if (await reviseSync(context, sync, facts, input)) revised.push(sync.id)
  }
  return revised
}

async function reviseSync(
  context: TransactionContext,
  sync: SyncRow,
  facts: KnownFacts,
  input: ReviseSyncsInput,
): Promise<boolean> {
  const thaw = input.thaw?.syncId === sync.id && sync.frozenAt !== null
  if (sync.frozenAt !== null && !thaw) return false
  const next = nextSync({revision: sync.revision, desired: desiredStateOf(sync)}, factsOf(sync, facts), {
    raise: input.raise?.syncId === sync.id,
    ...(thaw ? {above: sync.seenRevision ?? sync.revision} : {}),
  })
  if (next.kind === 'unchanged') return false
  const now = context.clock.now()
  await context.tx.crossAppSync.update({
    where: {id: sync.id},
    data: {
      ...columnsOf(next.desired),
      reason: next.reason,
      revision: next.revision,
      retryCount: 0,
      errorMessage: null,
      frozenAt: null,
      seenRevision: null,
      nextAttemptAt: now,
      dueSince: now,
      status: deriveSyncStatus({...sync, revision: next.revision, retryCount: 0, state: next.desired.state}),
    },
  })
  await recordAudit(context, {
    actor: input.actor,
    action: 'sync.revised',
    purchaseId: sync.purchaseId,
    subject: sync.id,
    data: {
      revision: next.revision,
      state: next.desired.state,
      reason: next.reason,
      ownerUserId: next.desired.ownerUserId,
      ownerProven: next.desired.ownerProven,
      targetProductId: sync.targetProductId,
    },
  })
  return true
}

/** A deleted account leaves its purchases with the last known owner: deletion is no refund. */
function factsOf(sync: SyncRow, facts: KnownFacts): PurchaseFacts {
  const owner = facts.owner ?? {userId: sync.ownerUserId, email: sync.ownerEmail, proven: sync.ownerProven}
  return {...facts, owner, held: sync.holdReason !== null}
}
