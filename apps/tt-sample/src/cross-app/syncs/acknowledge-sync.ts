import {
  deriveSyncStatus,
  type EntitlementGranted,
  type EntitlementRevoked,
  nextAcknowledgement,
} from '@cross-app/shared'
import {raiseAlertWithin} from '../audit/raise-alert'
import {recordAudit} from '../audit/record-audit'
import type {DatabaseContext, Transaction} from '../context'
import {inTransaction} from '../in-transaction'
import {desiredStateOf, lockSync, type SyncRow} from './sync-row'

/** AI Hero's word on a grant: from an event, or from a row of its read API. */
export type GrantAnswerData = EntitlementGranted | EntitlementRevoked

export type AcknowledgedSync =
  | {outcome: 'settled' | 'mirrored' | 'unchanged'; syncId: string}
  /** AI Hero knows what this database doesn't: thaw it (`thaw-sync`). */
  | {outcome: 'frozen'; syncId: string}
  /** AI Hero lost a revision that it had acknowledged: it is due again. */
  | {outcome: 'reopened'; syncId: string}
  | {outcome: 'unknown-sync'; syncId: string}

/**
 * Judges an answer by its content, however late or often it arrives: a newer state of the grant is mirrored, and the
 * sync is settled when AI Hero has applied this very revision and state.
 */
export function acknowledgeSync(
  context: DatabaseContext,
  input: {answer: GrantAnswerData; via: 'event' | 'pull'},
): Promise<AcknowledgedSync> {
  return inTransaction(context, async (tx) => {
    const row = await lockSync(tx, input.answer.syncId)
    if (row === null) return rejectUnknown({...context, tx}, input.answer)
    return applyAnswer({...context, tx}, row, input)
  })
}

type Context = DatabaseContext & {tx: Transaction}

async function applyAnswer(
  context: Context,
  row: SyncRow,
  {answer, via}: {answer: GrantAnswerData; via: 'event' | 'pull'},
): Promise<AcknowledgedSync> {
  const verdict = nextAcknowledgement(
    {revision: row.revision, desired: desiredStateOf(row), stateVersion: row.stateVersion},
    {revision: answer.revision, applied: answer.appliedState, stateVersion: answer.stateVersion},
  )
  const mirror = verdict.mirror ? mirrorColumns(answer) : {}
  if (verdict.anomaly !== null) return freeze(context, row, answer, verdict.anomaly, mirror)
  // An answer that was under way while the row froze says nothing about what AI Hero has now.
  const settles = verdict.settled && row.ackedRevision < row.revision && row.frozenAt === null
  const lost = verdict.mirror && answer.revision < row.ackedRevision && row.frozenAt === null
  if (lost) return reopen(context, row, answer, mirror)
  if (!settles && !verdict.mirror) return {outcome: 'unchanged', syncId: row.id}
  await context.tx.crossAppSync.update({
    where: {id: row.id},
    data: {...mirror, ...(settles ? settledColumns(row, context.clock.now()) : {})},
  })
  await recordAudit(context, {
    actor: 'ai-hero',
    action: settles ? 'sync.acknowledged' : 'sync.mirrored',
    purchaseId: row.purchaseId,
    subject: row.id,
    data: {
      revision: answer.revision,
      state: answer.appliedState.state,
      status: answer.status,
      stateVersion: answer.stateVersion,
      via,
    },
  })
  return {outcome: settles ? 'settled' : 'mirrored', syncId: row.id}
}

function mirrorColumns(answer: GrantAnswerData) {
  return {
    stateVersion: answer.stateVersion,
    mirrorStatus: answer.status,
    targetGrantId: answer.grantId,
    targetEntitlementId: answer.entitlementIds[0] ?? null,
    targetUserId: answer.targetUserId ?? null,
  }
}

function settledColumns(row: SyncRow, now: Date) {
  const revoked = row.desiredState === 'revoked'
  return {
    ackedRevision: row.revision,
    status: deriveSyncStatus({...row, ackedRevision: row.revision, state: row.desiredState as 'granted'}),
    retryCount: 0,
    errorMessage: null,
    nextAttemptAt: null,
    dueSince: null,
    ...(revoked ? {revokedAt: now} : {syncedAt: now, revokedAt: null}),
  }
}

/** Our database is older than it was (a restore), or wrong: nothing is sent until the facts have been read anew. */
async function freeze(
  context: Context,
  row: SyncRow,
  answer: GrantAnswerData,
  anomaly: {kind: 'conflict' | 'ahead'; raiseAbove: number},
  mirror: Partial<ReturnType<typeof mirrorColumns>>,
): Promise<AcknowledgedSync> {
  const now = context.clock.now()
  await context.tx.crossAppSync.update({
    where: {id: row.id},
    data: {
      ...mirror,
      frozenAt: row.frozenAt ?? now,
      seenRevision: Math.max(row.seenRevision ?? 0, anomaly.raiseAbove),
      nextAttemptAt: null,
      dueSince: row.dueSince ?? now,
    },
  })
  await raiseAlertWithin(context, {
    actor: 'ai-hero',
    action: anomaly.kind === 'ahead' ? 'alert.peer-ahead' : 'alert.revision-conflict',
    purchaseId: row.purchaseId,
    subject: row.id,
    data: {
      revision: row.revision,
      state: row.desiredState,
      answeredRevision: answer.revision,
      answeredState: answer.appliedState.state,
    },
    once: [row.id, String(row.revision), String(answer.revision)],
  })
  return {outcome: 'frozen', syncId: row.id}
}

/** A newer state of an older revision: AI Hero was restored from a backup. */
async function reopen(
  context: Context,
  row: SyncRow,
  answer: GrantAnswerData,
  mirror: Partial<ReturnType<typeof mirrorColumns>>,
): Promise<AcknowledgedSync> {
  const now = context.clock.now()
  await context.tx.crossAppSync.update({
    where: {id: row.id},
    data: {
      ...mirror,
      ackedRevision: answer.revision < row.revision ? answer.revision : row.ackedRevision,
      status: 'pending',
      retryCount: 0,
      nextAttemptAt: now,
      dueSince: now,
    },
  })
  await raiseAlertWithin(context, {
    actor: 'ai-hero',
    action: 'alert.peer-behind',
    purchaseId: row.purchaseId,
    subject: row.id,
    data: {
      revision: row.revision,
      answeredRevision: answer.revision,
      stateVersion: answer.stateVersion,
    },
  })
  return {outcome: 'reopened', syncId: row.id}
}

/** A purchase this database has lost (a restore): importing its checkout again brings back the same ids. */
async function rejectUnknown(context: Context, answer: GrantAnswerData): Promise<AcknowledgedSync> {
  await raiseAlertWithin(context, {
    actor: 'ai-hero',
    action: 'alert.unknown-sync',
    purchaseId: answer.sourcePurchaseId,
    subject: answer.syncId,
    data: {revision: answer.revision, state: answer.appliedState.state, targetProductId: answer.productId},
    once: [answer.syncId],
  })
  return {outcome: 'unknown-sync', syncId: answer.syncId}
}
