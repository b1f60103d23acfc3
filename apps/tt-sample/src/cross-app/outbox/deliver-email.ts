import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {lockOutboxRow} from './outbox-row'

/**
 * Hands a queued mail to the provider, once: the row's id is the provider's idempotency key, and the row is closed when
 * the provider has accepted it.
 *
 * @returns whether this call sent it; false when it had been sent, or there is no such mail
 * @throws when the provider did not accept it: worth a retry (case 35)
 */
export async function deliverEmail(
  context: CrossAppContext,
  {outboxId}: {outboxId: string},
): Promise<boolean> {
  const row = await context.db.outbox.findUnique({where: {id: outboxId}})
  if (row === null || row.kind !== 'email' || row.dispatchedAt !== null) return false
  const data = row.payload as Record<string, unknown>
  await context.sendEmail({id: row.id, template: row.name, data})
  return inTransaction(context, async (tx) => {
    const locked = await lockOutboxRow(tx, outboxId)
    if (locked === null || locked.dispatchedAt !== null) return false
    const now = context.clock.now()
    await tx.outbox.update({
      where: {id: outboxId},
      data: {dispatchedAt: now, nextAttemptAt: null, lastError: null},
    })
    await recordAudit(
      {tx, clock: context.clock},
      {
        actor: 'system',
        action: 'email.sent',
        purchaseId: typeof data.purchaseId === 'string' ? data.purchaseId : null,
        subject: outboxId,
        data: {template: row.name},
      },
    )
    return true
  })
}
