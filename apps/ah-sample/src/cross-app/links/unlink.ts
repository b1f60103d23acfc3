import {
	type HeldLink,
	type LinkRecord,
	liveLink,
	type UnlinkedAccounts,
	type UnlinkedBy,
	unlinkAccounts,
} from '@cross-app/shared'
import { recordAudit } from '../audit/record-audit'
import type { CrossAppContext, Transaction } from '../context'
import { readDatabaseClock } from '../database/clock'
import { releaseClaims } from '../grants/release-claims'
import { announceUnlink } from './announce-unlink'
import { drizzleLinkStore } from './drizzle-link-store'
import { noteUndonePair } from './undone-pair'

export type UnlinkInput = {
	sellerUserId: string
	/** The link that is meant; null: whichever is live. */
	linkRevision: number | null
	by: UnlinkedBy
	/** Also free what that link claimed. */
	release: boolean
	/** Who did it, for the audit: `user:<id>`, `total-typescript`. */
	actor: string
	/** Why, for the audit, when somebody else than the person did it. */
	reason?: string
	/** Touches nothing but the link that is named: see `unlinkAccounts`. */
	exactly?: boolean
	/** Only a live link of this AI Hero user is meant. */
	userId?: string
	/** The AI Hero user whom the seller knows to be linked, for a link that this database has lost. */
	knownUserId?: string
}

export type Unlinked = {
	/** `released`: claims were freed, of a link that had ended before. */
	outcome: UnlinkedAccounts['outcome']
	record: LinkRecord
	/** The grants whose claims were freed. */
	grantIds: string[]
	/** For `dispatchAfterCommit`. */
	outboxIds: string[]
}

/**
 * Ends a link, and on request frees exactly the claims of the link that is meant. Claimed grants otherwise stay with who
 * claimed them. A request for a link that is not the live one ends nothing: the asker gets the record.
 */
export function unlink(context: CrossAppContext, input: UnlinkInput): Promise<Unlinked> {
	return drizzleLinkStore(context).withLink(input.sellerUserId, (held) => unlinkUnderLock(held, input))
}

async function unlinkUnderLock(held: HeldLink<Transaction>, input: UnlinkInput): Promise<Unlinked> {
	const { tx } = held
	const { sellerUserId, linkRevision, by, release, exactly = false, actor } = input
	const before = liveLink(held.record)
	if (input.userId !== undefined && before?.granterUserId !== input.userId) {
		return { outcome: 'unchanged', record: held.record, grantIds: [], outboxIds: [] }
	}
	const now = await readDatabaseClock(tx)
	const { outcome, record, releaseClaimsOf } = await unlinkAccounts(held, {
		linkRevision,
		by,
		release,
		exactly,
		now,
		...(input.knownUserId === undefined ? {} : { granterUserId: input.knownUserId }),
	})
	const released = await releaseClaims(
		tx,
		{ sellerUserId, linkRevisions: releaseClaimsOf },
		{ actor, reason: by },
	)
	if (record.linkRevision === held.record.linkRevision && released.length === 0) {
		return { outcome, record, grantIds: [], outboxIds: [] }
	}
	const ended = record.link?.ended
	if (record.link && ended && outcome !== 'unchanged') {
		await noteUndonePair(tx, { sellerUserId, userId: record.link.granterUserId, by: ended.by })
	}
	await recordAudit(tx, {
		actor,
		action: actionOf(outcome, released.length),
		subject: sellerUserId,
		data: {
			linkedUserId: sellerUserId,
			userId: record.link?.granterUserId ?? null,
			linkRevision: record.linkRevision,
			by,
			released: release,
			claims: released.length,
			...(input.reason === undefined ? {} : { reason: input.reason }),
		},
	})
	const outboxIds = await announceUnlink(tx, record, {
		// Claims of an earlier link that were freed leave the record's revision as it was.
		...(outcome === 'unchanged' ? { happening: `released:${releaseClaimsOf.join(',')}` } : {}),
		mail: outcome === 'unlinked',
	})
	return {
		outcome: outcome === 'unchanged' && released.length > 0 ? 'released' : outcome,
		record,
		grantIds: released.map((grant) => grant.id),
		outboxIds,
	}
}

/** Renumbered: the seller named a revision from before this database was restored, and has to be answered above it. */
function actionOf(outcome: UnlinkedAccounts['outcome'], released: number): string {
	if (outcome === 'unlinked') return 'link.unlinked'
	return outcome === 'released' || released > 0 ? 'link.released' : 'link.renumbered'
}
