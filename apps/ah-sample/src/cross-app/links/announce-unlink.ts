import { type LinkRecord, liveLink } from '@cross-app/shared'
import type { Transaction } from '../context'
import { queueEmail } from '../outbox/queue-email'
import { queueEvent } from '../outbox/queue-event'

/**
 * Queues what follows from a link's end, or from the release of claims, in its transaction: the in-app event from which
 * the other app is told of the record and of the grants that are unclaimed now, and the person's mail. When another link
 * is live, it is asked to claim what was freed.
 *
 * @param happening tells releases apart that left the record's revision as it was
 * @param mail a link ended that was live, and the person it belonged to is still here
 * @returns the outbox rows, for `dispatchAfterCommit`
 */
export async function announceUnlink(
	tx: Transaction,
	record: LinkRecord,
	input: { happening?: string; mail: boolean },
): Promise<string[]> {
	const ids = { linkedUserId: record.sellerUserId, linkRevision: record.linkRevision }
	const revision = `${ids.linkedUserId}:${ids.linkRevision}`
	const happening = input.happening === undefined ? '' : `:${input.happening}`
	const queued = [
		await queueEvent(tx, {
			dedupeKey: `account/unlinked:${revision}${happening}`,
			name: 'account/unlinked',
			data: ids,
		}),
	]
	// What an earlier link held is for the live one to claim: that can't be made again, so nothing else would.
	if (liveLink(record) !== null) {
		queued.push(
			await queueEvent(tx, {
				dedupeKey: `account/linked:${revision}${happening}`,
				name: 'account/linked',
				data: ids,
			}),
		)
	}
	const ended = record.link?.ended
	if (input.mail && record.link && ended) {
		queued.push(
			await queueEmail(tx, {
				template: 'account-unlinked',
				dedupeKey: `email:unlinked:${revision}`,
				data: {
					...ids,
					userId: record.link.granterUserId,
					by: ended.by,
					released: ended.released,
					unlinkedAt: ended.at,
				},
			}),
		)
	}
	return queued.map(({ outboxId }) => outboxId)
}
