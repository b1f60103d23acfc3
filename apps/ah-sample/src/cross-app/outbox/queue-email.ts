import { eq } from 'drizzle-orm'
import type { Transaction } from '../context'
import type { EmailTemplate } from '../mail/email-content'
import { outbox } from '../schema'
import { writeOutbox } from './write-outbox'

/** In the payload of a mail whose content has been read, and which the provider has not answered yet. */
export const BEING_WRITTEN = 'beingWritten'

export type QueuedEmail = {
	template: EmailTemplate
	/** One per happening: `email:<…>`. A happening that is reported again sends no second mail. */
	dedupeKey: string
	/** What happened, by ids and unchanging facts. What can change, the address above all, is read when it is sent. */
	data: Record<string, string | number | boolean>
}

/**
 * Queues a mail in the transaction that causes it: one row, one mail, never lost. The row is done only when the mail
 * provider has accepted it.
 */
export function queueEmail(tx: Transaction, email: QueuedEmail): Promise<{ outboxId: string }> {
	return writeOutbox(tx, {
		kind: 'email',
		dedupeKey: email.dedupeKey,
		name: email.template,
		payload: email.data,
	})
}

/**
 * The same for a happening that comes in parts, such as the courses of a bundle, which one mail names together: a part
 * that comes when that mail is sent, or just being written, gets a mail of its own.
 */
export async function queueEmailForPart(
	tx: Transaction,
	{ part, ...email }: QueuedEmail & { part: string },
): Promise<{ outboxId: string }> {
	const queued = await queueEmail(tx, email)
	const [row] = await tx
		.select({ payload: outbox.payload, nextAttemptAt: outbox.nextAttemptAt })
		.from(outbox)
		.where(eq(outbox.id, queued.outboxId))
		.for('update')
	const open = row !== undefined && row.nextAttemptAt !== null && row.payload[BEING_WRITTEN] !== true
	return open ? queued : queueEmail(tx, { ...email, dedupeKey: `${email.dedupeKey}:${part}` })
}
