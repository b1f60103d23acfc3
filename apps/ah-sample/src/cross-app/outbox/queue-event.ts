import type { Transaction } from '../context'
import { writeOutbox } from './write-outbox'

export type QueuedEvent = {
	/** One per happening, such as `account/linked:<linkedUserId>:<linkRevision>`. */
	dedupeKey: string
	name: string
	/** Ids only: the handler reads the state again. */
	data: Record<string, unknown>
}

/**
 * Queues an in-app event in the transaction that causes it: it exists if and only if the change does. The same
 * happening twice is one row.
 *
 * @returns the row's id, for `dispatchAfterCommit`
 */
export function queueEvent(tx: Transaction, event: QueuedEvent): Promise<{ outboxId: string }> {
	return writeOutbox(tx, {
		kind: 'event',
		dedupeKey: event.dedupeKey,
		name: event.name,
		payload: event.data,
	})
}
