import {raiseAlert} from '../audit/raise-alert'
import {crossAppContext} from '../host'
import {REJECTED} from './open-event'

/**
 * For `onFailure`: every attempt of a run failed. Nothing is lost, since the sweep sends what is due and reads what was
 * missed, but somebody should look. A rejected event was alerted when it was rejected.
 */
export async function alertOnFailure(input: {
  error: Error
  event: {data: {function_id: string; run_id: string}}
}): Promise<void> {
  if (input.error.message.indexOf(REJECTED) === 0) return
  await raiseAlert(crossAppContext, {
    actor: 'inngest',
    action: 'alert.function-failed',
    purchaseId: null,
    subject: input.event.data.function_id,
    data: {runId: input.event.data.run_id, error: input.error.name},
    once: [input.event.data.run_id],
  })
}
