import { type CrossAppEvent, isCrossAppError, liveLink } from '@cross-app/shared'
import { and, asc, desc, eq } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { hostEntitlements } from '../host-tables'
import { readUsers } from '../links/find-users'
import { readLinkRecord } from '../links/read-link-record'
import { type ListedMail, listMails } from '../mail/list-mails'
import { auditEvents } from '../schema'
import { describeForSeller, readGrantRow } from './answer-grant'
import { type GrantAttention, readAttention } from './grant-attention'
import { type GrantRow, statusOf } from './grant-row'
import { GRANT_SOURCE_TYPE } from './open-entitlements'

export type GrantDetails = {
	grantId: string
	syncId: string
	purchaseId: string
	productId: string
	status: ReturnType<typeof statusOf>
	desired: {
		state: GrantRow['desiredState']
		revision: number
		stopReason: string | null
		restriction: string | null
	}
	owner: {
		userId: string
		email: string
		proven: boolean
		/** The user here to whom the owner is linked now. */
		linkedTo: { userId: string; linkRevision: number } | null
		/** Links up to this revision may not claim: the seller has asked to end them. */
		unlinkingLinkRevision: number | null
	}
	claim: {
		userId: string
		/** Null when that account is gone. */
		email: string | null
		claimedAt: string | null
		linkRevision: number | null
		/** How that link came about; null when the audit does not say. */
		linkMethod: string | null
	} | null
	/** ISO 8601, as all times here. */
	purchasedAt: string | null
	createdAt: string
	updatedAt: string
	entitlements: {
		id: string
		userId: string | null
		contentIds: string[]
		openedAt: string
		closedAt: string | null
	}[]
	/** What the seller is told when it is answered now. */
	answer: { event: CrossAppEvent['name']; stateVersion: number }
	/** What the seller was told before, newest first. */
	answered: { at: string; event: string; revision: number; stateVersion: number; status: string }[]
	mails: ListedMail[]
	attention: GrantAttention[]
}

const ANSWERS_SHOWN = 10

type Reading = Pick<CrossAppContext, 'db'>

/** Everything stored about one grant, for support; null when there is none. */
export async function readGrant(
	context: Reading,
	{ grantId }: { grantId: string },
): Promise<GrantDetails | null> {
	const row = await findRow(context, grantId)
	if (row === null) return null
	const [record, users, entitlements, answered, mails, attention, linkMethod] = await Promise.all([
		readLinkRecord(context, { sellerUserId: row.sourceUserId }),
		readUsers(context.db, row.userId === null ? [] : [row.userId]),
		readEntitlements(context, grantId),
		readAnswers(context, grantId),
		listMails(context, { purchaseIds: [row.sourcePurchaseId], sellerUserIds: [row.sourceUserId] }),
		readAttention(context, [row]),
		readLinkMethod(context, row),
	])
	const live = liveLink(record)
	return {
		grantId,
		syncId: row.syncId,
		purchaseId: row.sourcePurchaseId,
		productId: row.productId,
		status: statusOf(row),
		desired: {
			state: row.desiredState,
			revision: row.revision,
			stopReason: row.stopReason,
			restriction: row.restriction,
		},
		owner: {
			userId: row.sourceUserId,
			email: row.ownerEmail,
			proven: row.ownerProven,
			linkedTo: live === null ? null : { userId: live.granterUserId, linkRevision: record.linkRevision },
			unlinkingLinkRevision: row.unlinkingLinkRevision,
		},
		claim:
			row.userId === null
				? null
				: {
						userId: row.userId,
						email: users.get(row.userId)?.email ?? null,
						claimedAt: row.claimedAt?.toISOString() ?? null,
						linkRevision: row.claimedByLinkRevision,
						linkMethod,
					},
		purchasedAt: row.purchasedAt?.toISOString() ?? null,
		createdAt: row.createdAt.toISOString(),
		updatedAt: row.updatedAt.toISOString(),
		entitlements,
		answer: { event: describeForSeller(row).name, stateVersion: row.stateVersion },
		answered,
		mails,
		attention: attention.get(row.id) ?? [],
	}
}

async function findRow(context: Reading, grantId: string): Promise<GrantRow | null> {
	try {
		return await readGrantRow(context, { grantId })
	} catch (error) {
		if (isCrossAppError(error) && error.code === 'not-found') return null
		throw error
	}
}

async function readEntitlements({ db }: Reading, grantId: string): Promise<GrantDetails['entitlements']> {
	const rows = await db
		.select()
		.from(hostEntitlements)
		.where(and(eq(hostEntitlements.sourceType, GRANT_SOURCE_TYPE), eq(hostEntitlements.sourceId, grantId)))
		.orderBy(asc(hostEntitlements.createdAt), asc(hostEntitlements.id))
	return rows.map((row) => ({
		id: row.id,
		userId: row.userId,
		contentIds: contentIdsOf(row.metadata),
		openedAt: row.createdAt.toISOString(),
		closedAt: row.deletedAt?.toISOString() ?? null,
	}))
}

function contentIdsOf(metadata: Record<string, unknown> | null): string[] {
	const ids = metadata?.contentIds
	return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
}

async function readAnswers({ db }: Reading, grantId: string): Promise<GrantDetails['answered']> {
	const rows = await db
		.select()
		.from(auditEvents)
		.where(and(eq(auditEvents.subject, grantId), eq(auditEvents.action, 'grant.answered')))
		.orderBy(desc(auditEvents.at), desc(auditEvents.id))
		.limit(ANSWERS_SHOWN)
	return rows.map(({ at, data }) => ({
		at: at.toISOString(),
		event: String(data.event ?? ''),
		revision: Number(data.revision ?? 0),
		stateVersion: Number(data.stateVersion ?? 0),
		status: String(data.status ?? ''),
	}))
}

/** How the link that claimed came about: the AccountLink row knows only its last link, the audit knows each. */
async function readLinkMethod({ db }: Reading, row: GrantRow): Promise<string | null> {
	if (row.userId === null || row.claimedByLinkRevision === null) return null
	const rows = await db
		.select({ data: auditEvents.data })
		.from(auditEvents)
		.where(and(eq(auditEvents.subject, row.sourceUserId), eq(auditEvents.action, 'link.linked')))
		.orderBy(desc(auditEvents.at))
	const linked = rows.find(({ data }) => data.linkRevision === row.claimedByLinkRevision)
	return typeof linked?.data.method === 'string' ? linked.data.method : null
}
