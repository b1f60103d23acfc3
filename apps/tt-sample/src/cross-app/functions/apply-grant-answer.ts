import type {CrossAppContext} from '../context'
import {type AcknowledgedSync, acknowledgeSync, type GrantAnswerData} from '../syncs/acknowledge-sync'
import {sendSync} from '../syncs/send-sync'
import {thawSync} from '../syncs/thaw-sync'

/** Applies a verified answer, and at once does what it calls for: nothing here has to wait for the sweep. */
export async function applyGrantAnswer(
  context: CrossAppContext,
  answer: GrantAnswerData,
): Promise<AcknowledgedSync> {
  const result = await acknowledgeSync(context, {answer, via: 'event'})
  if (result.outcome === 'frozen') {
    await thawSync(context, {syncId: result.syncId, purchaseId: answer.sourcePurchaseId})
  }
  if (result.outcome === 'frozen' || result.outcome === 'reopened') {
    await sendSync(context, {syncId: result.syncId})
  }
  return result
}
