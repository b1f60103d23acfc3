import type { Transaction } from '../context'
import type { EmailTemplate } from '../mail/email-content'
import { writeOutbox } from './write-outbox'

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
