import type { SendingContext } from '../context'
import { forgetLinkTokens } from '../links/forget-link-tokens'
import { releaseMissingUsers } from '../links/release-missing-users'
import { dispatchOutbox } from './dispatch-outbox'

export type SweepReport = { dispatched: number; failed: number; releasedUsers: number }

const CLAIMS_A_RUN = 500

/**
 * The minute's work here: releases the claims of accounts that are gone, then sends what the outbox holds, those
 * releases among it. Link tokens of long ago are forgotten.
 */
export async function sweep(
	context: SendingContext,
	input: { claimsARun?: number } = {},
): Promise<SweepReport> {
	const missing = await releaseMissingUsers(context, { limit: input.claimsARun ?? CLAIMS_A_RUN })
	const outboxRun = await dispatchOutbox(context)
	await forgetLinkTokens(context)
	return { ...outboxRun, releasedUsers: missing.released.length }
}
