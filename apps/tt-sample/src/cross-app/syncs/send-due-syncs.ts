import type {CrossAppContext} from '../context'
import {type SentSync, sendSync} from './send-sync'

export interface SendDueSyncsReport {
  sent: number
  /** One per sync that could not be sent; each is due again later. */
  failures: {syncId: string; message: string; retryable: boolean}[]
}

const AT_ONCE = 4
/** What piled up during an outage goes out in few rounds; time, not this number, is what ends a long one. */
const LIMIT = 2_000
const ROUND_MS = 20_000
/** This many failures without a success: the peer is away, and the rest stays unclaimed for the next round. */
const GIVE_UP_AFTER = 4

/**
 * Sends what is due, of one purchase or of all. What was sent before and not yet answered is not due until its next
 * attempt.
 */
export async function sendDueSyncs(
  context: CrossAppContext,
  input: {purchaseId?: string},
): Promise<SendDueSyncsReport> {
  const due = await context.db.crossAppSync.findMany({
    where: {
      nextAttemptAt: {lte: context.clock.now()},
      ...(input.purchaseId === undefined ? {} : {purchaseId: input.purchaseId}),
    },
    select: {id: true},
    orderBy: {nextAttemptAt: 'asc'},
    take: LIMIT,
  })
  const report: SendDueSyncsReport = {sent: 0, failures: []}
  const startedAt = Date.now()
  for (let start = 0; start < due.length && Date.now() - startedAt < ROUND_MS; start += AT_ONCE) {
    if (report.sent === 0 && report.failures.length >= GIVE_UP_AFTER) break
    const batch = due.slice(start, start + AT_ONCE)
    const results = await Promise.all(batch.map(({id}) => sendSync(context, {syncId: id})))
    results.forEach((result, index) => {
      note(report, batch[index]!.id, result)
    })
  }
  return report
}

function note(report: SendDueSyncsReport, syncId: string, result: SentSync): void {
  if (result.outcome === 'sent') report.sent += 1
  if (result.outcome === 'not-sent') {
    report.failures.push({syncId, message: result.error.message, retryable: result.retryable})
  }
}
