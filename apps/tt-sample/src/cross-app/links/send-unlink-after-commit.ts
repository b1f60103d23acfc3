import type {CrossAppContext} from '../context'
import {sendUnlinkRequest} from './send-unlink-request'

/** What a caller that someone is waiting for may spend on it. */
const PATIENCE_MS = 2_000

/** Sends a request that the caller has just committed. Never fails: what is not sent now is sent by the sweep. */
export async function sendUnlinkAfterCommit(
  context: CrossAppContext,
  {userId}: {userId: string},
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS)
  })
  const work = sendUnlinkRequest(context, {userId}).catch((error: unknown) => {
    context.log.warn('link.unlink-not-claimed', {userId, error})
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
