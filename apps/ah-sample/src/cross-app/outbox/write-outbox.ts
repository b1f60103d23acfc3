import { stableId } from '@cross-app/shared'
import type { Transaction } from '../context'
import { outbox } from '../schema'

const LONGEST_KEY = 191

/** Writes one row for one happening; the same happening again finds its row. @returns its id */
export async function writeOutbox(
	tx: Transaction,
	row: { kind: 'event' | 'email'; dedupeKey: string; name: string; payload: Record<string, unknown> },
): Promise<{ outboxId: string }> {
	const id = await stableId('outbox', row.dedupeKey)
	// Keys are made of ids of either app; what does not fit is named by its hash, never cut off.
	const dedupeKey = row.dedupeKey.length <= LONGEST_KEY ? row.dedupeKey : id
	await tx
		.insert(outbox)
		.values({ ...row, id, dedupeKey })
		.onDuplicateKeyUpdate({ set: { dedupeKey } })
	return { outboxId: id }
}
