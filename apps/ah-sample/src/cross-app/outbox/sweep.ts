import type { SendingContext } from '../context'
import { answerGrant } from '../grants/answer-grant'
import { releaseMissingUsers } from '../links/release-missing-users'
import { dispatchOutbox } from './dispatch-outbox'

export type SweepReport = { dispatched: number; failed: number; releasedUsers: number; answered: number }

const CLAIMS_A_RUN = 500

/**
 * The minute's work here: sends what the outbox still holds, and releases the claims of accounts that are gone. The
 * answers about released grants go out at once; when that fails, the seller's pull finds them.
 */
export async function sweep(
	context: SendingContext,
	input: { claimsARun?: number } = {},
): Promise<SweepReport> {
	const outboxRun = await dispatchOutbox(context)
	const missing = await releaseMissingUsers(context, { limit: input.claimsARun ?? CLAIMS_A_RUN })
	let answered = 0
	for (const grantId of missing.grantIds) {
		try {
			await context.bridge.send(await answerGrant(context, { grantId }))
			answered += 1
		} catch (error) {
			context.log.warn('cross_app.release_not_reported', { grantId, error })
		}
	}
	return { ...outboxRun, releasedUsers: missing.released.length, answered }
}
