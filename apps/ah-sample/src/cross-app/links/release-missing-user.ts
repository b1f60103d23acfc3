import { type LinkRecord, unlinkAccounts } from '@cross-app/shared'
import { eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit'
import type { CrossAppContext, Transaction } from '../context'
import { readDatabaseClock } from '../database/clock'
import { StartAgainError } from '../database/transact'
import type { GrantRow } from '../grants/grant-row'
import { releaseClaims } from '../grants/release-claims'
import { accountLinks, crossAppGrants } from '../schema'
import { announceUnlink } from './announce-unlink'
import { holdLink } from './drizzle-link-store'
import { lockUsers } from './find-users'
import { toLinkRecord } from './link-row'
import type { AccountLinkRow } from './lock-account-link'

export type ReleasedUser = {
	/** The user exists after all: nothing was done. */
	exists: boolean
	grantIds: string[]
	linkIds: string[]
	/** For `dispatchAfterCommit`. */
	outboxIds: string[]
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
		if (users.has(userId)) return { exists: true, grantIds: [], linkIds: [], outboxIds: [] }
		const live = links.filter((link) => link.userId === userId)
		const ended = new Map<string, LinkRecord>()
		for (const link of live) ended.set(link.id, await endLink(context, tx, link, userId))
		const grants = await releaseClaims(
			tx,
			{ userId },
			{
				actor: 'ai-hero',
				reason: 'account-deleted',
				check(found) {
					if (found.every((grant) => links.some((link) => standsFor(link, grant)))) return
					throw new StartAgainError('a grant was claimed before it was locked')
				},
			},
		)
		const outboxIds: string[] = []
		for (const link of links) {
			const record = ended.get(link.id)
			if (record === undefined && !grants.some((grant) => standsFor(link, grant))) continue
			// Nobody is left to get a mail.
			const happening = record === undefined ? { happening: `gone:${userId}` } : {}
			outboxIds.push(
				...(await announceUnlink(tx, record ?? toLinkRecord(link), { ...happening, mail: false })),
			)
		}
		return {
			exists: false,
			grantIds: grants.map((grant) => grant.id),
			linkIds: live.map((link) => link.id),
			outboxIds,
		}
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

async function endLink(
	context: CrossAppContext,
	tx: Transaction,
	link: AccountLinkRow,
	userId: string,
): Promise<LinkRecord> {
	const by = 'account-deleted' as const
	const now = await readDatabaseClock(tx)
	const { record } = await unlinkAccounts(holdLink(context, tx, link), {
		linkRevision: null,
		by,
		release: true,
		now,
	})
	await recordAudit(tx, {
		actor: 'ai-hero',
		action: 'link.unlinked',
		subject: link.linkedUserId,
		data: {
			linkedUserId: link.linkedUserId,
			userId,
			linkRevision: record.linkRevision,
			by,
			released: true,
		},
	})
	return record
}
