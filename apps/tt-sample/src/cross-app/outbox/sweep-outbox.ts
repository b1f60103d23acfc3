import {nextAttemptDelayMs} from '@cross-app/shared'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {dispatchOutbox} from './dispatch-outbox'
import {lockOutboxRow, type OutboxRow} from './outbox-row'

/** What piled up during an outage goes out in few rounds; time, not this number, is what ends a long one. */
const BATCH = 2_000
const ROUND_MS = 20_000
/** This many refusals in a row mean that nobody is there: the rest waits for the next sweep. */
const GIVE_UP_AFTER = 3

/** Sends what is due and was not sent right after its commit. @returns how many rows were accepted, and how many not */
export async function sweepOutbox(context: CrossAppContext): Promise<{sent: number; failed: number}> {
  const due = await context.db.outbox.findMany({
    where: {nextAttemptAt: {lte: context.clock.now()}},
    select: {id: true},
    orderBy: {nextAttemptAt: 'asc'},
    take: BATCH,
  })
  let sent = 0
  let failed = 0
  const startedAt = Date.now()
  for (let index = 0; index < due.length && failed < GIVE_UP_AFTER; index += 1) {
    if (Date.now() - startedAt >= ROUND_MS) break
    const row = await claim(context, due[index]!.id)
    if (row === null) continue
    if (await dispatchOutbox(context, row)) sent += 1
    else failed += 1
  }
  return {sent, failed}
}

/** Moves the next attempt forward before the send, so that two sweeps don't take the same row. */
function claim(context: CrossAppContext, id: string): Promise<OutboxRow | null> {
  return inTransaction(context, async (tx) => {
    const now = context.clock.now()
    const row = await lockOutboxRow(tx, id)
    if (row === null || row.dispatchedAt !== null) return null
    if (row.nextAttemptAt === null || row.nextAttemptAt.getTime() > now.getTime()) return null
    const delay = nextAttemptDelayMs(row.attempts, context.random())
    const claimed = {attempts: row.attempts + 1, nextAttemptAt: new Date(now.getTime() + delay)}
    await tx.outbox.update({where: {id}, data: claimed})
    return {...row, ...claimed}
  })
}
