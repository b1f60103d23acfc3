import type {CrossAppContext} from '../context'
import {dispatchOutbox} from './dispatch-outbox'

/** What a caller that someone is waiting for may spend on it. */
const PATIENCE_MS = 2_000

/**
 * Sends rows that the caller has just committed, so that nobody has to wait for the sweep. Takes two seconds at most
 * and never fails: what is not sent now is sent by the sweep.
 */
export async function dispatchAfterCommit(context: CrossAppContext, outboxIds: string[]): Promise<void> {
  if (outboxIds.length === 0) return
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), PATIENCE_MS)
  })
  const work = sendRows(context, outboxIds).catch((error: unknown) => {
    context.log.warn('outbox.dispatch-failed', {error})
    return 'done' as const
  })
  if ((await Promise.race([work, patience])) === 'late') context.log.warn('outbox.dispatch-late', {outboxIds})
  clearTimeout(timer)
}

async function sendRows(context: CrossAppContext, outboxIds: string[]): Promise<'done'> {
  const rows = await context.db.outbox.findMany({where: {id: {in: outboxIds}, dispatchedAt: null}})
  await Promise.all(rows.map((row) => dispatchOutbox(context, row)))
  return 'done'
}
