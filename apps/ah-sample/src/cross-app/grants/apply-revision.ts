import { CrossAppError, type NextGrant, nextGrant, stableId, UnknownProductError } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import { recordAudit, recordAuditOnce } from '../audit/record-audit'
import type { CrossAppContext, Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { StartAgainError } from '../database/transact'
import { ensureAccountLinkRow, type LinkKey } from '../links/ensure-account-link-row'
import { lockUsers, readUsers } from '../links/find-users'
import { lockAccountLink } from '../links/lock-account-link'
import { releaseMissingUser } from '../links/release-missing-user'
import { crossAppGrants } from '../schema'
import type { DesiredRevision } from './desired-revision'
import { type GrantRow, toGrantColumns, toGrantRevision } from './grant-row'
import { matchEntitlements } from './match-entitlements'
import { queueGrantEmails } from './queue-grant-emails'

/** What a revision did. The answer to the seller is built from the stored grant, never from this. */
export type AppliedRevision = {
	grantId: string
	outcome: 'applied' | 'repeated' | 'stale' | 'conflict'
	/** The grant was written. */
	changed: boolean
	/** The mails it queued, for `dispatchAfterCommit`. */
	outboxIds: string[]
}

/** A person who has a stored revision applied again. */
export type AskedBy = {
	actor: string
	/** Why, for the audit. */
	reason: string
	/** Of the audit row, which tells this very press from every other one. */
	auditId: string
	/** The version the person was looking at: on any other nothing is done. */
	stateVersion: number
}

/** The grant is not the one that a person was looking at; nothing was done. */
export class GrantChangedError extends CrossAppError {
	constructor(grantId: string) {
		super('grant-changed', `Grant ${grantId} has changed since it was looked at. Look at it again.`, {
			retryable: false,
		})
	}
}

/** A claim names a link's user and, perhaps, a former one: each may turn out to be deleted, and is released once. */
const ATTEMPTS = 4

/**
 * Applies one revision of a purchase's desired state to the grant here. Safe to call any number of times, in any order
 * and side by side: an older revision changes nothing and is answered with what we have.
 *
 * Locks: the owner's AccountLink row, User rows, the grant. Everything is written in one transaction, or nothing is.
 *
 * @param askedBy given when a person asks for what is stored
 * @throws UnknownProductError when access would open to a product that does not exist here (spec 001, "Bundle
 * Purchase"), and GrantChangedError; nothing is written
 */
export async function applyRevision(
	context: CrossAppContext,
	revision: DesiredRevision,
	askedBy: AskedBy | null = null,
): Promise<AppliedRevision> {
	const owner: LinkKey = {
		linkedApp: revision.sourceApp,
		linkedUserId: revision.incoming.desired.ownerUserId,
	}
	const grantId = await stableId(
		'cross-app-grant',
		revision.sourceApp,
		revision.purchaseId,
		revision.productId,
	)
	await ensureAccountLinkRow(context, owner)
	const released: string[] = []
	for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
		const result = await context.transact((tx) =>
			applyUnderLocks(context, tx, { revision, owner, grantId, askedBy, first: attempt === 1 }),
		)
		if (!('missingUserId' in result)) return { ...result, outboxIds: [...released, ...result.outboxIds] }
		// The account is gone: its link and claims end first, then the revision applies as to anyone unlinked.
		const { outboxIds } = await releaseMissingUser(context, { userId: result.missingUserId })
		released.push(...outboxIds)
	}
	throw new Error('The accounts behind this grant keep changing. Try again.')
}

async function applyUnderLocks(
	context: CrossAppContext,
	tx: Transaction,
	input: {
		revision: DesiredRevision
		owner: LinkKey
		grantId: string
		askedBy: AskedBy | null
		/** Later attempts come after a release of our own, which has changed the version. */
		first: boolean
	},
): Promise<AppliedRevision | { missingUserId: string }> {
	const { revision, grantId } = input
	const link = await lockAccountLink(tx, input.owner)
	const before = await readGrant(tx, revision)
	const userIds = [...new Set([link.userId, before?.userId ?? null])].filter((id) => id !== null)
	// Only what may open access needs the User's lock.
	const mayOpen = revision.incoming.desired.state === 'granted'
	const users = mayOpen ? await lockUsers(tx, userIds) : await readUsers(tx, userIds)
	const missingUserId = userIds.find((id) => !users.has(id))
	if (missingUserId !== undefined) return { missingUserId }

	const stored = before === null ? null : await lockGrant(tx, before.id)
	if (stored !== null && stored.userId !== null && !users.has(stored.userId)) {
		throw new StartAgainError('the grant got another claimant before it was locked')
	}
	if (input.first && input.askedBy !== null && stored?.stateVersion !== input.askedBy.stateVersion) {
		throw new GrantChangedError(grantId)
	}
	const content = await context.host.readProductContent(tx, revision.productId)
	const unlinkingLinkRevision = newestUnlinking(stored, revision)
	const next = nextGrant({
		grant: stored === null ? null : toGrantRevision(stored),
		incoming: { ...revision.incoming, unlinkingLinkRevision },
		link: link.userId === null ? null : { userId: link.userId, linkRevision: link.linkRevision },
		productKnown: content !== null,
	})
	if (next.outcome === 'refused') throw new UnknownProductError(revision.productId)
	// Before the rows change: they tell whether it was open before.
	const outboxIds = await queueGrantEmails(tx, { revision, grantId, stored, next: next.grant })
	if (next.changed) {
		// An older or contradicting revision at most renumbers the grant; its rows are as they should be.
		const rowsMayChange = next.outcome === 'applied' || next.outcome === 'repeated'
		const openIds = stored?.entitlementIds ?? []
		const entitlementIds = rowsMayChange
			? await matchEntitlements(context, tx, {
					grantId,
					grant: next.grant,
					openIds,
					users,
					productId: revision.productId,
					content,
				})
			: openIds
		await saveGrant(context, tx, { revision, grantId, stored, next, entitlementIds, unlinkingLinkRevision })
	}
	await auditRevision(tx, { revision, grantId, stored, next, askedBy: input.askedBy })
	if (next.outcome === 'conflict') {
		context.log.error('cross_app.alert.grant_conflict', { grantId, purchaseId: revision.purchaseId })
	}
	return { grantId, outcome: next.outcome, changed: next.changed, outboxIds }
}

/**
 * The newest link that the seller has asked to end, as far as it is known for this owner: a revision that was sent
 * before it was asked, and came later, says nothing of it.
 */
function newestUnlinking(stored: GrantRow | null, revision: DesiredRevision): number | null {
	const { unlinkingLinkRevision, desired } = revision.incoming
	const known = stored?.sourceUserId === desired.ownerUserId ? stored.unlinkingLinkRevision : null
	if (known === null) return unlinkingLinkRevision
	return unlinkingLinkRevision === null ? known : Math.max(known, unlinkingLinkRevision)
}

async function readGrant(tx: Transaction, revision: DesiredRevision): Promise<GrantRow | null> {
	const [row] = await tx
		.select()
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourceApp, revision.sourceApp),
				eq(crossAppGrants.sourcePurchaseId, revision.purchaseId),
				eq(crossAppGrants.productId, revision.productId),
			),
		)
	return row ?? null
}

async function lockGrant(tx: Transaction, id: string): Promise<GrantRow> {
	const [row] = await tx.select().from(crossAppGrants).where(eq(crossAppGrants.id, id)).for('update')
	if (row === undefined) throw new StartAgainError('the grant is gone')
	return row
}

type Decision = Exclude<NextGrant, { outcome: 'refused' }>

async function saveGrant(
	context: CrossAppContext,
	tx: Transaction,
	input: {
		revision: DesiredRevision
		grantId: string
		stored: GrantRow | null
		next: Decision
		entitlementIds: string[]
		unlinkingLinkRevision: number | null
	},
): Promise<void> {
	const { revision, stored, next } = input
	const applied = next.outcome === 'applied'
	const claimed = next.grant.claim !== null
	const sameClaim = stored !== null && stored.userId === (next.grant.claim?.userId ?? null)
	const columns = {
		...toGrantColumns(next.grant),
		entitlementIds: input.entitlementIds,
		unlinkingLinkRevision: input.unlinkingLinkRevision,
		claimedAt: !claimed ? null : sameClaim ? stored.claimedAt : databaseNow,
		stopReason: applied ? revision.stopReason : (stored?.stopReason ?? null),
		syncId: applied ? revision.syncId : (stored?.syncId ?? revision.syncId),
		purchasedAt:
			revision.purchasedAt === null ? (stored?.purchasedAt ?? null) : new Date(revision.purchasedAt),
		updatedAt: databaseNow,
	}
	if (stored !== null) {
		await tx.update(crossAppGrants).set(columns).where(eq(crossAppGrants.id, stored.id))
		return
	}
	try {
		await tx.insert(crossAppGrants).values({
			id: input.grantId,
			sourceApp: revision.sourceApp,
			sourcePurchaseId: revision.purchaseId,
			productId: revision.productId,
			...columns,
		})
	} catch (error) {
		// Two revisions with different owners hold different AccountLink rows: the second finds the grant next time.
		if (context.isUniqueViolation(error)) throw new StartAgainError('another revision made the grant first')
		throw error
	}
}

async function auditRevision(
	tx: Transaction,
	input: {
		revision: DesiredRevision
		grantId: string
		stored: GrantRow | null
		next: Decision
		askedBy: AskedBy | null
	},
): Promise<void> {
	const { revision, stored, next, askedBy } = input
	const { status } = toGrantColumns(next.grant)
	const entry = {
		actor: askedBy?.actor ?? revision.sourceApp,
		action: askedBy === null ? actionOf(stored, next) : 'grant.retried',
		purchaseId: revision.purchaseId,
		subject: input.grantId,
		data: {
			productId: revision.productId,
			revision: revision.incoming.revision,
			state: revision.incoming.desired.state,
			storedRevision: next.grant.revision,
			status,
			stateVersion: next.grant.stateVersion,
			claimed: next.grant.claim !== null,
			ownerChanged: stored !== null && stored.sourceUserId !== next.grant.desired.ownerUserId,
			reason: askedBy?.reason ?? revision.stopReason,
		},
	}
	if (askedBy === null) await recordAudit(tx, entry)
	else await recordAuditOnce(tx, { ...entry, id: askedBy.auditId })
}

function actionOf(stored: GrantRow | null, next: Decision): string {
	if (next.outcome === 'conflict') return 'alert.grant-conflict'
	if (next.outcome !== 'applied') return `grant.${next.outcome}`
	return stored === null && next.grant.desired.state === 'revoked' ? 'grant.tombstoned' : 'grant.applied'
}
