import {isCrossAppError} from '@cross-app/shared'
import {raiseAlertWithin} from '../audit/raise-alert'
import {recordAudit} from '../audit/record-audit'
import {type CrossAppContext, SELF} from '../context'
import {inTransaction} from '../in-transaction'
import {lockOutboxRow} from './outbox-row'

/**
 * Hands a queued mail to the provider, once: the row's id makes the provider's idempotency key, and the row is closed when
 * the provider has accepted it, or has refused it for good (people are told).
 *
 * @returns what became of it; `nothing-to-do` when it had been sent before, or there is no such mail
 * @throws when the provider could not take it now: worth a retry (case 35)
 */
export async function deliverEmail(
  context: CrossAppContext,
  {outboxId}: {outboxId: string},
): Promise<'sent' | 'refused' | 'nothing-to-do'> {
  const row = await context.db.outbox.findUnique({where: {id: outboxId}})
  if (row === null || row.kind !== 'email' || row.nextAttemptAt === null) return 'nothing-to-do'
  const data = row.payload as Record<string, unknown>
  const purchaseId = typeof data.purchaseId === 'string' ? data.purchaseId : null
  let refusal: Error | null = null
  try {
    // Both apps write about the same happenings and may share a provider: the key is this app's own.
    await context.sendEmail({id: `${SELF}-${row.id}`, template: row.name, data})
  } catch (error) {
    if (!isCrossAppError(error) || error.retryable) throw error
    refusal = error
  }
  return inTransaction(context, async (tx) => {
    const locked = await lockOutboxRow(tx, outboxId)
    if (locked === null || locked.nextAttemptAt === null) return 'nothing-to-do'
    const within = {...context, tx}
    const entry = {actor: 'system', purchaseId, subject: outboxId, data: {template: row.name}}
    if (refusal !== null) {
      await tx.outbox.update({where: {id: outboxId}, data: {nextAttemptAt: null, lastError: refusal.message}})
      await raiseAlertWithin(within, {
        ...entry,
        action: 'alert.email-refused',
        data: {template: row.name, error: refusal.message},
      })
      return 'refused'
    }
    await tx.outbox.update({
      where: {id: outboxId},
      data: {dispatchedAt: context.clock.now(), nextAttemptAt: null, lastError: null},
    })
    await recordAudit(within, {...entry, action: 'email.sent'})
    return 'sent'
  })
}
