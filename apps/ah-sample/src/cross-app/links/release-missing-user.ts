import { eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit'
import type { CrossAppContext, Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { StartAgainError } from '../database/transact'
import { closeEntitlements } from '../grants/close-entitlements'
import { type GrantRow, toGrantColumns, toGrantRevision } from '../grants/grant-row'
import { accountLinks, crossAppGrants } from '../schema'
import { lockUsers } from './find-users'
import type { AccountLinkRow } from './lock-account-link'

export type ReleasedUser = {
	/** The user exists after all: nothing was done. */
	exists: boolean
	grantIds: string[]
	linkIds: string[]
}

/**
 * Ends the links and frees the claims of an AI Hero user whose account was deleted, so that the buyer on the other app
 * can link and claim again. The purchase stays what it is: deleting an account is no refund.
 *
 * Locks the AccountLink rows of every user of the other app concerned, in the order of their ids, then the grants.
 * Does nothing when the User row exists.
 */
export async function releaseMissingUser(
	context: CrossAppContext,
	input: { userId: string },
): Promise<ReleasedUser> {
	const { userId } = input
	return context.transact(async (tx) => {
		const links = await lockLinksOf(tx, userId)
		const users = await lockUsers(tx, [userId])
		if (users.has(userId)) return { exists: true, grantIds: [], linkIds: [] }
		const grants = await tx
			.select()
			.from(crossAppGrants)
			.where(eq(crossAppGrants.userId, userId))
			.orderBy(crossAppGrants.id)
			.for('update')
		if (grants.some((grant) => !links.some((link) => standsFor(link, grant)))) {
			throw new StartAgainError('a grant was claimed before it was locked')
		}
		const live = links.filter((link) => link.userId === userId)
		for (const link of live) await unlink(tx, link, userId)
		for (const grant of grants) await releaseClaim(tx, grant)
		return { exists: false, grantIds: grants.map((grant) => grant.id), linkIds: live.map((link) => link.id) }
	})
}

function standsFor(link: AccountLinkRow, grant: GrantRow): boolean {
	return link.linkedApp === grant.sourceApp && link.linkedUserId === grant.sourceUserId
}

async function lockLinksOf(tx: Transaction, userId: string): Promise<AccountLinkRow[]> {
	const owners = await tx
		.selectDistinct({ sourceUserId: crossAppGrants.sourceUserId })
		.from(crossAppGrants)
		.where(eq(crossAppGrants.userId, userId))
	const own = await tx
		.select({ id: accountLinks.id })
		.from(accountLinks)
		.where(eq(accountLinks.userId, userId))
	const ofOwners =
		owners.length === 0
			? []
			: await tx
					.select({ id: accountLinks.id })
					.from(accountLinks)
					.where(
						inArray(
							accountLinks.linkedUserId,
							owners.map((owner) => owner.sourceUserId),
						),
					)
	const ids = [...new Set([...own, ...ofOwners].map((row) => row.id))]
	if (ids.length === 0) return []
	return tx
		.select()
		.from(accountLinks)
		.where(inArray(accountLinks.id, ids))
		.orderBy(accountLinks.id)
		.for('update')
}

async function unlink(tx: Transaction, link: AccountLinkRow, userId: string): Promise<void> {
	const linkRevision = link.linkRevision + 1
	await tx
		.update(accountLinks)
		.set({
			userId: null,
			formerUserId: userId,
			linkRevision,
			unlinkedAt: databaseNow,
			unlinkedBy: 'account-deleted',
			releasedAt: databaseNow,
			updatedAt: databaseNow,
		})
		.where(eq(accountLinks.id, link.id))
	await recordAudit(tx, {
		actor: 'ai-hero',
		action: 'link.unlinked',
		subject: link.id,
		data: { linkedUserId: link.linkedUserId, userId, linkRevision, by: 'account-deleted', released: true },
	})
}

async function releaseClaim(tx: Transaction, grant: GrantRow): Promise<void> {
	const released = { ...toGrantRevision(grant), claim: null, stateVersion: grant.stateVersion + 1 }
	await closeEntitlements(tx, grant.entitlementIds)
	await tx
		.update(crossAppGrants)
		.set({ ...toGrantColumns(released), claimedAt: null, entitlementIds: [], updatedAt: databaseNow })
		.where(eq(crossAppGrants.id, grant.id))
	await recordAudit(tx, {
		actor: 'ai-hero',
		action: 'grant.released',
		purchaseId: grant.sourcePurchaseId,
		subject: grant.id,
		data: {
			productId: grant.productId,
			revision: grant.revision,
			state: grant.desiredState,
			status: toGrantColumns(released).status,
			stateVersion: released.stateVersion,
			reason: 'account-deleted',
		},
	})
}
