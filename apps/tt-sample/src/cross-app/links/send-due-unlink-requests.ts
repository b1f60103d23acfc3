import type {CrossAppContext} from '../context'
import {sendUnlinkRequest} from './send-unlink-request'

const LIMIT = 500
const ROUND_MS = 20_000
/** This many failures without a success: AI Hero is away, and the rest waits for the next sweep. */
const GIVE_UP_AFTER = 4

/** Asks AI Hero for every unlink that is due. */
export async function sendDueUnlinkRequests(
  context: CrossAppContext,
): Promise<{sent: number; failures: string[]}> {
  const due = await context.db.accountLink.findMany({
    where: {nextAttemptAt: {lte: context.clock.now()}},
    select: {userId: true},
    orderBy: {nextAttemptAt: 'asc'},
    take: LIMIT,
  })
  let sent = 0
  const failures: string[] = []
  const startedAt = Date.now()
  for (const {userId} of due) {
    if (Date.now() - startedAt >= ROUND_MS) break
    if (sent === 0 && failures.length >= GIVE_UP_AFTER) break
    const result = await sendUnlinkRequest(context, {userId})
    if (result.outcome === 'sent') sent += 1
    if (result.outcome === 'not-sent') failures.push(result.error.message)
  }
  return {sent, failures}
}
