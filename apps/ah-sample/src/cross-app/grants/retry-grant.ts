import { isCrossAppError, type StopReason, stableId } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { type SendingContext, SOURCE_APP } from '../context'
import { auditEvents } from '../schema'
import { readGrantRow } from './answer-grant'
import { applyRevision, GrantChangedError } from './apply-revision'
import type { DesiredRevision } from './desired-revision'
import { type GrantRow, toGrantRevision } from './grant-row'
import { sendAnswer } from './send-answer'

export type RetriedGrant = {
	/** For `dispatchAfterCommit`. */
	outboxIds: string[]
	/** `later`: the other app could not be told now; its pull reads the grant within a minute or two. */
	answered: 'now' | 'later'
}

/**
 * A person's "answer again". What the seller wants is applied once more as it is stored, which opens, closes and claims
 * whatever should have been; the grant's version rises, so that a mirror that is behind takes the answer, and the seller
 * is answered.
 *
 * @param input.actor who asks for it: `user:<id>`
 * @param input.reason why, for the audit
 * @param input.press made with the page that the button is on: a second press of the same button finds what the first
 * one did
 * @param input.stateVersion the version that this page shows
 * @throws NotFoundError; GrantChangedError when the grant is not as the page shows it any more; UnknownProductError when access is due to a product that is not here any more
 */
export async function retryGrant(
	context: SendingContext,
	input: { grantId: string; actor: string; reason: string; press: string; stateVersion: number },
): Promise<RetriedGrant> {
	const { grantId } = input
	const outboxIds = await applyOncePerPress(context, input)
	try {
		await sendAnswer(context, { grantId })
		return { outboxIds, answered: 'now' }
	} catch (error) {
		if (!isCrossAppError(error)) throw error
		context.log.warn('cross_app.answer_not_sent', { grantId, error })
		return { outboxIds, answered: 'later' }
	}
}

async function applyOncePerPress(
	context: SendingContext,
	{ grantId, actor, reason, press, stateVersion }: Parameters<typeof retryGrant>[1],
): Promise<string[]> {
	const row = await readGrantRow(context, { grantId })
	const auditId = await stableId('grant-retried', grantId, press)
	try {
		const askedBy = { actor, reason, auditId, stateVersion }
		return (await applyRevision(context, toStoredRevision(row), askedBy)).outboxIds
	} catch (error) {
		if (!(error instanceof GrantChangedError) || !(await isAudited(context, auditId))) throw error
		return []
	}
}

async function isAudited({ db }: Pick<SendingContext, 'db'>, id: string): Promise<boolean> {
	const rows = await db.select({ id: auditEvents.id }).from(auditEvents).where(eq(auditEvents.id, id))
	return rows.length > 0
}

/** What is stored, as if the seller had just sent it, having seen more of the grant than there is. */
function toStoredRevision(row: GrantRow): DesiredRevision {
	const { revision, desired, stateVersion } = toGrantRevision(row)
	return {
		sourceApp: SOURCE_APP,
		purchaseId: row.sourcePurchaseId,
		productId: row.productId,
		syncId: row.syncId,
		incoming: {
			revision,
			desired,
			stateVersionSeen: stateVersion + 1,
			unlinkingLinkRevision: row.unlinkingLinkRevision,
		},
		stopReason: toStopReason(row.stopReason),
		purchasedAt: row.purchasedAt?.toISOString() ?? null,
	}
}

function toStopReason(reason: string | null): StopReason | null {
	return reason === 'refund' || reason === 'dispute' || reason === 'hold' ? reason : null
}
