import type { CrossAppError, CrossAppEvent } from '@cross-app/shared'
import { raiseAlert } from '../audit/raise-alert'
import type { CrossAppContext } from '../context'
import type { DesiredRevision } from './desired-revision'

/**
 * Turns a revision down for good: audited, alerted, and answered with `entitlement/failed`, which ends the seller's
 * resending until somebody changed the catalogue or the purchase and raised the revision.
 */
export async function refuseRevision(
	context: CrossAppContext,
	input: { revision: DesiredRevision; reason: CrossAppError },
): Promise<CrossAppEvent> {
	const { revision, reason } = input
	await raiseAlert(context, context.db, {
		actor: revision.sourceApp,
		action: 'revision-refused',
		purchaseId: revision.purchaseId,
		subject: revision.syncId,
		data: {
			productId: revision.productId,
			revision: revision.incoming.revision,
			state: revision.incoming.desired.state,
			error: reason.code,
			summary: reason.message,
		},
	})
	return {
		name: 'entitlement/failed',
		data: {
			v: 1,
			syncId: revision.syncId,
			revision: revision.incoming.revision,
			code: reason.code,
			message: reason.message,
		},
	}
}
