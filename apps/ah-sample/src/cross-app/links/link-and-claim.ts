import {
	type HeldLink,
	isLinkRefused,
	type LinkAccountsInput,
	LinkRefusedError,
	linkAccounts,
} from '@cross-app/shared'
import { recordAudit } from '../audit/record-audit'
import type { CrossAppContext, Transaction } from '../context'
import { readDatabaseClock } from '../database/clock'
import { claimGrants } from '../grants/claim-grants'
import { addressOf } from './address-of'
import { announceLink } from './announce-link'
import { drizzleLinkStore } from './drizzle-link-store'
import { lockUsers } from './find-users'
import { recordRefusal } from './record-refusal'
import { releaseMissingUser } from './release-missing-user'
import { forgetUndonePair, wasPairUndone } from './undone-pair'

/** What a link rests on: a person's yes to a token, or the same provider account on both sides. */
export type LinkGround =
	| { kind: 'explicit'; tokenId: string; sellerEmail: string }
	| {
			kind: 'automatic'
			method: NonNullable<LinkAccountsInput['automatic']>['method']
			/** Looks at the ground again, under the lock. @throws LinkRefusedError */
			check(tx: Transaction, now: Date): Promise<void>
	  }

export type LinkedAndClaimed = {
	outcome: 'linked' | 'already-linked'
	linkRevision: number
	/** The grants that were claimed. */
	grantIds: string[]
	/** For `dispatchAfterCommit`. */
	outboxIds: string[]
}

/**
 * Links a user of the seller to a user here, and claims in the same transaction what waits for them. Locks: AccountLink,
 * User, grants by id. The same pair again changes nothing.
 *
 * @throws LinkRefusedError: then nothing was written but one audit row, `link.refused`
 */
export async function linkAndClaim(
	context: CrossAppContext,
	input: { sellerUserId: string; userId: string; ground: LinkGround },
): Promise<LinkedAndClaimed> {
	const { sellerUserId, userId, ground } = input
	try {
		return await drizzleLinkStore(context).withLink(sellerUserId, (held) =>
			linkUnderLock(context, held, input),
		)
	} catch (error) {
		if (!isLinkRefused(error)) throw error
		// The account went away while its owner, or someone, was linking it: what it held is freed there and then.
		if (error.refusal === 'user-missing') await releaseMissingUser(context, { userId })
		await recordRefusal(context, {
			refusal: error.refusal,
			sellerUserId,
			userId,
			method: ground.kind === 'explicit' ? 'explicit' : ground.method,
		})
		throw error
	}
}

async function linkUnderLock(
	context: CrossAppContext,
	held: HeldLink<Transaction>,
	input: { sellerUserId: string; userId: string; ground: LinkGround },
): Promise<LinkedAndClaimed> {
	const { tx } = held
	const { sellerUserId, userId, ground } = input
	const user = (await lockUsers(tx, [userId])).get(userId)
	if (user === undefined) throw new LinkRefusedError('user-missing')
	const now = await readDatabaseClock(tx)
	if (ground.kind === 'automatic') {
		await ground.check(tx, now)
		if (await wasPairUndone(tx, { sellerUserId, userId })) throw new LinkRefusedError('undone-before')
	}
	const { outcome, record } = await linkAccounts(held, {
		granterUserId: userId,
		now,
		...(ground.kind === 'automatic'
			? { automatic: { method: ground.method } }
			: {
					explicit: {
						tokenId: ground.tokenId,
						sellerEmail: ground.sellerEmail,
						granterEmail: addressOf(user),
					},
				}),
	})
	const { linkRevision } = record
	if (outcome === 'already-linked') return { outcome, linkRevision, grantIds: [], outboxIds: [] }
	if (ground.kind === 'explicit') await forgetUndonePair(tx, { sellerUserId, userId })
	const claimed = await claimGrants(context, tx, { sellerUserId, user, linkRevision })
	await recordAudit(tx, {
		actor: `user:${userId}`,
		action: 'link.linked',
		subject: sellerUserId,
		data: {
			linkedUserId: sellerUserId,
			userId,
			linkRevision,
			method: record.link?.method ?? null,
			claimed: claimed.length,
		},
	})
	const outboxIds = await announceLink(tx, record, { claimedGrants: claimed.length })
	return { outcome, linkRevision, grantIds: claimed.map((grant) => grant.id), outboxIds }
}
