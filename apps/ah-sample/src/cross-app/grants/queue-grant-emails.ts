import { accessOf, type GrantRevision } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../context'
import { hostEntitlements } from '../host-tables'
import { queueEmail, queueEmailForPart } from '../outbox/queue-email'
import type { DesiredRevision } from './desired-revision'
import { type GrantRow, toGrantRevision } from './grant-row'
import { GRANT_SOURCE_TYPE } from './open-entitlements'

/**
 * Queues the mail that a revision causes, in its transaction: opened, waiting, or ended. The keys name the purchase, not
 * the course, so a bundle of two courses is one mail, unless the second one comes too late for it. Links and claims have mails of their own.
 *
 * To be called before the Entitlement rows are matched.
 *
 * @returns the outbox rows
 */
export async function queueGrantEmails(
	tx: Transaction,
	input: { revision: DesiredRevision; grantId: string; stored: GrantRow | null; next: GrantRevision },
): Promise<string[]> {
	const { revision, grantId, stored, next } = input
	const { purchaseId } = revision
	const before = stored === null ? null : toGrantRevision(stored)
	const opened = accessOf(next)
	if (opened !== null && accessOf(before) !== opened) {
		if (await wasOnlySuspended(tx, input, opened)) return []
		const email = await queueEmailForPart(tx, {
			part: grantId,
			template: 'access-granted',
			dedupeKey: `email:granted:${purchaseId}:${opened}:${next.revision}`,
			data: { purchaseId, userId: opened },
		})
		return [email.outboxId]
	}
	const ended = next.desired.state === 'revoked' && before?.desired.state !== 'revoked'
	if (ended && before?.claim) {
		const { userId } = before.claim
		const email = await queueEmailForPart(tx, {
			part: grantId,
			template: 'access-ended',
			dedupeKey: `email:ended:${purchaseId}:${userId}:${next.revision}`,
			data: { purchaseId, userId },
		})
		return [email.outboxId]
	}
	// An unproven owner's address may be anybody's: nobody is written to there.
	if (waits(next) && !(before !== null && waits(before) && sameOwner(before, next))) {
		const linkedUserId = next.desired.ownerUserId
		const about = {
			template: 'access-pending' as const,
			dedupeKey: `email:pending:${purchaseId}:${linkedUserId}`,
			data: { purchaseId, linkedUserId },
		}
		// One that waits again, after a suspension, is no news.
		const email =
			before === null ? await queueEmailForPart(tx, { part: grantId, ...about }) : await queueEmail(tx, about)
		return [email.outboxId]
	}
	return []
}

function waits(grant: GrantRevision): boolean {
	return grant.desired.state === 'granted' && grant.claim === null && grant.desired.ownerProven
}

function sameOwner(before: GrantRevision, next: GrantRevision): boolean {
	return before.desired.ownerUserId === next.desired.ownerUserId
}

/** It was open for the same person before it was suspended: that it goes on is no news. */
async function wasOnlySuspended(
	tx: Transaction,
	{ stored, grantId }: { stored: GrantRow | null; grantId: string },
	userId: string,
): Promise<boolean> {
	if (stored?.desiredState !== 'suspended' || stored.userId !== userId) return false
	const [row] = await tx
		.select({ id: hostEntitlements.id })
		.from(hostEntitlements)
		.where(
			and(
				eq(hostEntitlements.userId, userId),
				eq(hostEntitlements.sourceType, GRANT_SOURCE_TYPE),
				eq(hostEntitlements.sourceId, grantId),
			),
		)
		.limit(1)
	return row !== undefined
}
