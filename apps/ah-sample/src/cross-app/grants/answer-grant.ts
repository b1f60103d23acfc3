import { type CrossAppEvent, NotFoundError } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { crossAppGrants } from '../schema'
import { type GrantRow, statusOf, toGrantRevision } from './grant-row'

/**
 * The answer to the seller about a grant: the row is read once, and event name and payload follow from it. No caller
 * passes a state, so a function that runs late can't contradict what is stored.
 *
 * @throws NotFoundError when there is no such grant
 */
export async function answerGrant(
	context: Pick<CrossAppContext, 'db'>,
	input: { grantId: string },
): Promise<CrossAppEvent> {
	return describeForSeller(await readGrantRow(context, input))
}

/** One stored grant, without a lock. @throws NotFoundError */
export async function readGrantRow(
	{ db }: Pick<CrossAppContext, 'db'>,
	{ grantId }: { grantId: string },
): Promise<GrantRow> {
	const [row] = await db.select().from(crossAppGrants).where(eq(crossAppGrants.id, grantId))
	if (row === undefined)
		throw new NotFoundError(`There is no grant ${grantId}. Look it up under /admin/grants.`)
	return row
}

/** A grant as `entitlement/granted` or `entitlement/revoked`: for the answer and for the read API. */
export function describeForSeller(row: GrantRow): CrossAppEvent {
	const answer = {
		v: 1 as const,
		syncId: row.syncId,
		sourcePurchaseId: row.sourcePurchaseId,
		productId: row.productId,
		revision: row.revision,
		appliedState: toAppliedState(row),
		stateVersion: row.stateVersion,
		grantId: row.id,
		entitlementIds: row.entitlementIds,
		...(row.userId === null ? {} : { targetUserId: row.userId }),
	}
	const status = statusOf(row)
	return status === 'active' || status === 'pending'
		? { name: 'entitlement/granted', data: { ...answer, status } }
		: { name: 'entitlement/revoked', data: { ...answer, status } }
}

function toAppliedState(row: GrantRow) {
	const { desired } = toGrantRevision(row)
	return {
		state: desired.state,
		ownerUserId: desired.ownerUserId,
		ownerEmail: desired.ownerEmail,
		ownerProven: desired.ownerProven,
		restriction: desired.restriction,
	}
}
