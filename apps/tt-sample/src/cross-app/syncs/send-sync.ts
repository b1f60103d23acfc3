import {type CrossAppEvent, deriveSyncStatus, isCrossAppError, nextAttemptDelayMs} from '@cross-app/shared'
import {raiseAlertWithin} from '../audit/raise-alert'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext, Transaction} from '../context'
import {inTransaction} from '../in-transaction'
import {readLinkRecord} from '../links/link-row'
import {buildSyncEvent, type SyncSurroundings} from './build-sync-event'
import {lockSync, type SyncRow, statusOf} from './sync-row'

export type SentSync =
  /** Not due any more: settled, taken by another sender, or waiting for a person. */
  | {outcome: 'not-due'}
  | {outcome: 'sent'; revision: number}
  | {outcome: 'not-sent'; revision: number; error: Error; retryable: boolean}

/**
 * Sends one sync if it is due. Its next attempt is moved forward under lock before the send: a process that dies in
 * between leaves a row that comes back by itself, and two senders never send the same attempt.
 */
export async function sendSync(context: CrossAppContext, {syncId}: {syncId: string}): Promise<SentSync> {
  const claimed = await inTransaction(context, (tx) => claim({...context, tx}, syncId))
  if (claimed === null) return {outcome: 'not-due'}
  const {row, event} = claimed
  try {
    await context.bridge.send(event)
    return {outcome: 'sent', revision: row.revision}
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const retryable = isCrossAppError(error) ? error.retryable : true
    context.log.warn('sync.not-sent', {syncId, revision: row.revision, error})
    await noteFailure(context, row, error, retryable)
    return {outcome: 'not-sent', revision: row.revision, error, retryable}
  }
}

async function claim(
  context: CrossAppContext & {tx: Transaction},
  syncId: string,
): Promise<{row: SyncRow; event: CrossAppEvent} | null> {
  const row = await lockSync(context.tx, syncId)
  const now = context.clock.now()
  if (row === null || row.frozenAt !== null) return null
  if (row.nextAttemptAt === null || row.nextAttemptAt.getTime() > now.getTime()) return null
  const retryCount = row.retryCount + 1
  const status = deriveSyncStatus({...row, retryCount, state: row.desiredState as 'granted'})
  await context.tx.crossAppSync.update({
    where: {id: row.id},
    data: {
      retryCount,
      status,
      nextAttemptAt: new Date(now.getTime() + nextAttemptDelayMs(row.retryCount, context.random())),
    },
  })
  const event = buildSyncEvent(row, await readSurroundings(context.tx, row))
  if (isWorthTelling(retryCount)) {
    await recordAudit(context, {
      actor: 'system',
      action: 'sync.sending',
      purchaseId: row.purchaseId,
      subject: row.id,
      data: {event: event.name, revision: row.revision, state: row.desiredState, attempt: retryCount},
    })
  }
  if (status === 'failed' && statusOf(row) !== 'failed') {
    await raiseAlertWithin(context, {
      actor: 'system',
      action: 'alert.sync-unanswered',
      purchaseId: row.purchaseId,
      subject: row.id,
      data: {revision: row.revision, attempts: retryCount, error: row.errorMessage},
      once: [row.id, String(row.revision)],
    })
  }
  return {row, event}
}

/** The first attempt and then ever more rarely: a long outage must not fill the audit trail. */
function isWorthTelling(attempt: number): boolean {
  return (attempt & (attempt - 1)) === 0
}

async function readSurroundings(tx: Transaction, row: SyncRow): Promise<SyncSurroundings> {
  const purchase = await tx.purchase.findUnique({where: {id: row.purchaseId}, select: {createdAt: true}})
  const owner = await tx.user.findUnique({where: {id: row.ownerUserId}, select: {name: true}})
  return {
    purchasedAt: purchase === null ? row.createdAt : purchase.createdAt,
    ownerName: owner === null ? null : owner.name,
    link: await readLinkRecord(tx, row.ownerUserId),
  }
}

/** For people; the row is due again either way. */
async function noteFailure(
  context: CrossAppContext,
  row: SyncRow,
  error: Error,
  retryable: boolean,
): Promise<void> {
  try {
    await inTransaction(context, async (tx) => {
      const now = await lockSync(tx, row.id)
      if (now === null || now.revision !== row.revision || now.ackedRevision >= now.revision) return
      await tx.crossAppSync.update({where: {id: row.id}, data: {errorMessage: error.message.slice(0, 1000)}})
      if (retryable) return
      await raiseAlertWithin(
        {...context, tx},
        {
          actor: 'system',
          action: 'alert.send-refused',
          purchaseId: row.purchaseId,
          subject: row.id,
          data: {revision: row.revision, error: error.message.slice(0, 500)},
          once: [row.id, String(row.revision)],
        },
      )
    })
  } catch (cause) {
    context.log.warn('sync.note-lost', {syncId: row.id, error: cause})
  }
}
