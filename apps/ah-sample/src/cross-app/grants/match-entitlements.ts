import { accessOf, type GrantRevision, UnknownProductError } from '@cross-app/shared'
import type { CrossAppContext, ProductContent, Transaction } from '../context'
import type { HostUser } from '../links/find-users'
import { closeEntitlements } from './close-entitlements'
import { openEntitlements } from './open-entitlements'

/**
 * Makes the Entitlement rows what the grant says: open for its claimant while it is granted and claimed, closed for
 * everyone else. The only caller of open and close besides the release of a claim.
 *
 * @returns the ids of the rows that are open now
 * @throws UnknownProductError when access is due to a product that is not there any more
 */
export async function matchEntitlements(
	context: Pick<CrossAppContext, 'host'>,
	tx: Transaction,
	input: {
		grantId: string
		grant: GrantRevision
		/** The rows that were open for this grant before. */
		openIds: string[]
		/** Locked, when access is due. */
		users: Map<string, HostUser>
		productId: string
		content: ProductContent | null
	},
): Promise<string[]> {
	const claimantId = accessOf(input.grant)
	if (claimantId === null) {
		await closeEntitlements(tx, input.openIds)
		return []
	}
	if (input.content === null) throw new UnknownProductError(input.productId)
	const user = input.users.get(claimantId)
	if (user === undefined) throw new Error('Access may only be opened under the lock of the claimant.')
	const openIds = await openEntitlements(context, tx, {
		grantId: input.grantId,
		user,
		content: input.content,
	})
	await closeEntitlements(
		tx,
		input.openIds.filter((id) => !openIds.includes(id)),
	)
	return openIds
}
