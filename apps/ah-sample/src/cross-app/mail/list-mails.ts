import { and, desc, eq, gte, lt, or, type SQL } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { outbox } from '../schema'

/** One queued mail: what it is, and what became of it. Never to whom: the address is read when it is sent. */
export type ListedMail = {
	id: string
	template: string
	/** ISO 8601. */
	queuedAt: string
	/**
	 * `waiting`: not accepted yet, tried again by itself. `refused`: for good. `skipped`: there was nothing left to say
	 * when its turn came.
	 */
	state: 'sent' | 'waiting' | 'refused' | 'skipped'
	sentAt: string | null
	error: string | null
}

const MOST = 100

/** The keys under which mails about a purchase, and about a link, are queued; see `queueGrantEmails` and `announceLink`. */
const PURCHASE_MAILS = ['email:granted:', 'email:ended:', 'email:pending:']
const LINK_MAILS = ['email:linked:', 'email:claimed:', 'email:unlinked:']

/** The mails about these purchases and about the links of these users of the seller, newest first. */
export async function listMails(
	{ db }: Pick<CrossAppContext, 'db'>,
	input: { purchaseIds: string[]; sellerUserIds: string[] },
): Promise<ListedMail[]> {
	const ranges = [
		...input.purchaseIds.flatMap((id) => PURCHASE_MAILS.map((kind) => keysBeginning(`${kind}${id}:`))),
		...input.sellerUserIds.flatMap((id) => LINK_MAILS.map((kind) => keysBeginning(`${kind}${id}:`))),
	]
	if (ranges.length === 0) return []
	const rows = await db
		.select()
		.from(outbox)
		.where(and(or(...ranges), eq(outbox.kind, 'email')))
		.orderBy(desc(outbox.createdAt), desc(outbox.id))
		.limit(MOST)
	return rows.map((row) => ({
		id: row.id,
		template: row.name,
		queuedAt: row.createdAt.toISOString(),
		state: stateOf(row),
		sentAt: row.dispatchedAt?.toISOString() ?? null,
		error: row.lastError,
	}))
}

/** A range of the unique key, whose columns are compared byte by byte: from the prefix to the next one after it. */
function keysBeginning(prefix: string): SQL | undefined {
	const next = `${prefix.slice(0, -1)};`
	return and(gte(outbox.dedupeKey, prefix), lt(outbox.dedupeKey, next))
}

function stateOf(row: typeof outbox.$inferSelect): ListedMail['state'] {
	if (row.dispatchedAt !== null) return 'sent'
	if (row.nextAttemptAt !== null) return 'waiting'
	return row.lastError === null ? 'skipped' : 'refused'
}
