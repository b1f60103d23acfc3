import { alert } from '../host'
import { REJECTED } from './open-event'

/**
 * For `onFailure`: every attempt of a run failed. Nothing is lost, since the seller sends again until it is answered,
 * but somebody should look. A rejected event was alerted when it was rejected.
 */
export async function alertOnFailure(input: {
	error: Error
	event: { data: { function_id: string; run_id: string } }
}): Promise<void> {
	if (input.error.name === 'NonRetriableError' || input.error.message.startsWith(REJECTED)) return
	await alert({
		actor: 'inngest',
		action: 'function-failed',
		subject: input.event.data.function_id,
		data: {
			runId: input.event.data.run_id,
			error: input.error.name,
			summary: 'Every attempt of this run failed.',
		},
	})
}
