import { type LinkRecord, liveLink } from '@cross-app/shared'
import type { Transaction } from '../context'
import { queueEmail } from '../outbox/queue-email'
import { queueEvent } from '../outbox/queue-event'

/**
 * Queues what follows from a record's newest revision, in its transaction: the in-app event from which the other app is
 * told, and the person's mails.
 *
 * @param claimedGrants how many grants the link has claimed
 * @returns the outbox rows, for `dispatchAfterCommit`
 */
export async function announceLink(
	tx: Transaction,
	record: LinkRecord,
	{ claimedGrants }: { claimedGrants: number },
): Promise<string[]> {
	const live = liveLink(record)
	if (live === null) return []
	const ids = { linkedUserId: record.sellerUserId, linkRevision: record.linkRevision }
	const happening = `${ids.linkedUserId}:${ids.linkRevision}`
	const about = { ...ids, userId: live.granterUserId }
	const queued = [
		await queueEvent(tx, { dedupeKey: `account/linked:${happening}`, name: 'account/linked', data: ids }),
		await queueEmail(tx, {
			template: 'account-linked',
			dedupeKey: `email:linked:${happening}`,
			data: { ...about, method: live.method, linkedAt: live.linkedAt },
		}),
	]
	if (claimedGrants > 0) queued.push(await announceClaim(tx, about))
	return queued.map(({ outboxId }) => outboxId)
}

/** One mail for all that a link has claimed, also when a part of it was claimed a moment later. */
export function announceClaim(
	tx: Transaction,
	about: { linkedUserId: string; linkRevision: number; userId: string },
): Promise<{ outboxId: string }> {
	return queueEmail(tx, {
		template: 'access-claimed',
		dedupeKey: `email:claimed:${about.linkedUserId}:${about.linkRevision}`,
		data: about,
	})
}
