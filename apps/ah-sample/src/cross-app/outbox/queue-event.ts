import { stableId } from '@cross-app/shared'
import type { Transaction } from '../context'
import { outbox } from '../schema'

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
 * @returns the row's id, for `dispatchOutbox` right after the commit
 */
export async function queueEvent(tx: Transaction, event: QueuedEvent): Promise<{ outboxId: string }> {
	const id = await stableId('outbox', event.dedupeKey)
	await tx
		.insert(outbox)
		.values({ id, dedupeKey: event.dedupeKey, kind: 'event', name: event.name, payload: event.data })
		// Not INSERT IGNORE: that would also cut off a key that is too long.
		.onDuplicateKeyUpdate({ set: { dedupeKey: event.dedupeKey } })
	return { outboxId: id }
}
