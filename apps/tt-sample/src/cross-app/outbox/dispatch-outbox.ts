import {nextAttemptDelayMs} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {lockOutboxRow, type OutboxRow} from './outbox-row'

/**
 * Hands one outbox row to this app's Inngest: an event as itself, a mail as `email/requested`. Sending it twice is
 * harmless: handlers re-read, and a mail carries its row's id to the provider.
 *
 * An event is done when Inngest accepted it. A mail is done when the provider accepted it (`deliver-email`); until then
 * its row comes back to the sweep.
 *
 * @returns whether it was accepted; a refusal is written on the row and logged, never thrown
 */
export async function dispatchOutbox(context: CrossAppContext, row: OutboxRow): Promise<boolean> {
  try {
    await context.sendInApp(
      row.kind === 'email'
        ? // A repeat must run again, so it can't carry the first one's id.
          {id: `${row.id}:${row.attempts}`, name: 'email/requested', data: {outboxId: row.id}}
        : {id: row.id, name: row.name, data: row.payload as Record<string, string>},
    )
  } catch (error) {
    context.log.warn('outbox.not-dispatched', {outboxId: row.id, name: row.name, error})
    await noteFailure(context, row.id, error)
    return false
  }
  await noteDispatch(context, row)
  return true
}

/**
 * Under the row's lock: a mail may have been accepted, or refused for good, before this. Prisma's `updateMany` would not
 * notice, because it reads which rows fit before it writes them.
 */
function noteDispatch(context: CrossAppContext, row: OutboxRow): Promise<void> {
  return inTransaction(context, async (tx) => {
    const now = context.clock.now()
    const stored = await lockOutboxRow(tx, row.id)
    if (stored === null || stored.dispatchedAt !== null || stored.nextAttemptAt === null) return
    const attempts = row.attempts + 1
    await tx.outbox.update({
      where: {id: row.id},
      data:
        row.kind === 'email'
          ? {
              attempts,
              nextAttemptAt: new Date(now.getTime() + emailPatienceMs(row.attempts, context.random())),
            }
          : {attempts, dispatchedAt: now, nextAttemptAt: null, lastError: null},
    })
  })
}

/** Inngest retries the mail by itself for a while; the sweep asks again only when that should be over. */
function emailPatienceMs(attempts: number, random: number): number {
  return Math.max(60_000, nextAttemptDelayMs(attempts, random))
}

/** Only a note for people: when it can't be written, the row is due all the same. */
async function noteFailure(context: CrossAppContext, outboxId: string, error: unknown): Promise<void> {
  const lastError = error instanceof Error ? error.message.slice(0, 1000) : 'unknown error'
  await context.db.outbox
    .updateMany({where: {id: outboxId}, data: {lastError}})
    .catch((cause: unknown) => context.log.warn('outbox.note-lost', {outboxId, error: cause}))
}
