import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { hostUsers } from '../host-tables'
import { addressOf } from '../links/address-of'
import { crossAppGrants, providerAccountsSeen } from '../schema'
import { type DescribableGrant, describeGrant, type GrantDescription } from './describe-grant'
import { statusOf } from './grant-row'

export type GrantOfUser = DescribableGrant & {
	grantId: string
	productId: string
	/** Claimed by this user; otherwise it only waits for their verified address. */
	claimed: boolean
	/** ISO 8601: when it was bought, or first heard of. */
	since: string
	description: GrantDescription
}

/**
 * The grants that concern a signed-in user: those they claimed, in any state, and those that wait for an address they
 * have verified. The address decides only what is shown, never who may claim.
 */
export async function listGrantsOfUser(
	context: Pick<CrossAppContext, 'db'>,
	input: { userId: string; sellerLinkUrl: string },
): Promise<GrantOfUser[]> {
	const address = await readVerifiedAddress(context, input.userId)
	const claimed = eq(crossAppGrants.userId, input.userId)
	const rows = await context.db
		.select()
		.from(crossAppGrants)
		.where(
			address === null
				? claimed
				: or(claimed, and(isNull(crossAppGrants.userId), eq(crossAppGrants.pendingForEmail, address))),
		)
		.orderBy(asc(crossAppGrants.createdAt), asc(crossAppGrants.id))
	return rows.map((row) => {
		const grant = {
			status: statusOf(row),
			ownerProven: row.ownerProven,
			stopReason: row.stopReason,
			sourcePurchaseId: row.sourcePurchaseId,
		}
		return {
			...grant,
			grantId: row.id,
			productId: row.productId,
			claimed: row.userId === input.userId,
			since: (row.purchasedAt ?? row.createdAt).toISOString(),
			description: describeGrant(grant, input),
		}
	})
}

/** The address of an account that is known to be its owner's: by an email link, or because a provider vouched for it. */
async function readVerifiedAddress(
	{ db }: Pick<CrossAppContext, 'db'>,
	userId: string,
): Promise<string | null> {
	const rows = await db.select().from(hostUsers).where(eq(hostUsers.id, userId))
	const user = rows.find((row) => row.id === userId)
	if (user === undefined) return null
	const address = addressOf(user)
	if (address === null) return null
	if (user.emailVerified !== null) return address
	const vouched = await db
		.select({ userId: providerAccountsSeen.userId })
		.from(providerAccountsSeen)
		.where(and(eq(providerAccountsSeen.userId, userId), eq(providerAccountsSeen.vouchedEmail, address)))
		.limit(1)
	return vouched.length > 0 ? address : null
}
