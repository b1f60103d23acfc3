import { recordAudit } from '../audit/record-audit'
import type { SendingContext } from '../context'
import { describeForSeller, readGrantRow } from './answer-grant'
import { type GrantRow, statusOf } from './grant-row'

/**
 * Answers the seller about one grant as it is stored, and notes that it was answered, and with what: support has to see
 * when the other app was told. A note that is lost, after a crash, loses nothing else.
 *
 * @throws NotFoundError when there is no such grant, and what the bridge throws
 */
export async function sendAnswer(
	context: Pick<SendingContext, 'db' | 'bridge'>,
	{ grantId }: { grantId: string },
): Promise<void> {
	await sendStoredAnswer(context, await readGrantRow(context, { grantId }))
}

/** The same about a row that the caller has just read. */
export async function sendStoredAnswer(
	{ db, bridge }: Pick<SendingContext, 'db' | 'bridge'>,
	row: GrantRow,
): Promise<void> {
	const answer = describeForSeller(row)
	await bridge.send(answer)
	await recordAudit(db, {
		actor: bridge.self,
		action: 'grant.answered',
		purchaseId: row.sourcePurchaseId,
		subject: row.id,
		data: {
			productId: row.productId,
			event: answer.name,
			revision: row.revision,
			stateVersion: row.stateVersion,
			status: statusOf(row),
		},
	})
}
