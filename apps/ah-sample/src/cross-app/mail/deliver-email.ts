import { isCrossAppError } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { raiseAlert } from '../audit/raise-alert'
import { recordAudit } from '../audit/record-audit'
import type { MailContext } from '../context'
import { databaseNow } from '../database/clock'
import { BEING_WRITTEN } from '../outbox/queue-email'
import { outbox } from '../schema'
import type { EmailTemplate } from './email-content'
import { readEmail } from './read-email'

export type EmailOutcome = 'sent' | 'skipped' | 'refused' | 'nothing-to-do'

/**
 * Writes a queued mail from what is stored now and hands it to the provider, once: the row's id is the provider's
 * idempotency key. The row is closed when the provider has accepted the mail, when it has refused it for good (people
 * are told), or when there is nothing left to say.
 *
 * @returns `nothing-to-do` when it was closed before, or there is no such mail
 * @throws when the provider could not take it now: worth a retry (case 35)
 */
export async function deliverEmail(
	context: MailContext,
	{ outboxId }: { outboxId: string },
): Promise<EmailOutcome> {
	// Noted before the content is read: what comes later is not in this mail.
	const row = await noteWriting(context, { outboxId, writing: true })
	if (row === null) return 'nothing-to-do'
	const email = await readEmail(context, { template: row.name as EmailTemplate, payload: row.payload })
	if (email === null) return close(context, row, { outcome: 'skipped' })
	try {
		const rendered = await context.renderEmail(email.content)
		const idempotencyKey = keyOf(context, row.id)
		const accepted = await context.sendEmail({ ...rendered, to: email.to, idempotencyKey })
		if (accepted === 'accepted-before') {
			context.log.warn('cross_app.email_accepted_before', { outboxId: row.id, template: row.name })
			return close(context, row, { outcome: 'sent', again: true })
		}
	} catch (error) {
		if (!isCrossAppError(error) || error.retryable) {
			await noteWriting(context, { outboxId, writing: false })
			throw error
		}
		return close(context, row, { outcome: 'refused', reason: error.message })
	}
	return close(context, row, { outcome: 'sent' })
}

/** @returns the row; null when it is closed, or there is no such mail */
function noteWriting(
	{ transact }: MailContext,
	{ outboxId, writing }: { outboxId: string; writing: boolean },
): Promise<OutboxRow | null> {
	return transact(async (tx) => {
		const [row] = await tx.select().from(outbox).where(eq(outbox.id, outboxId)).for('update')
		if (row === undefined || row.kind !== 'email' || row.nextAttemptAt === null) return null
		const payload = { ...row.payload, [BEING_WRITTEN]: writing }
		await tx.update(outbox).set({ payload }).where(eq(outbox.id, outboxId))
		return row
	})
}

/** Both apps name the same happening alike, and may share one account at the provider: the key says whose mail it is. */
function keyOf({ bridge }: MailContext, outboxId: string): string {
	return `${bridge.self}-${outboxId}`
}

type OutboxRow = typeof outbox.$inferSelect

async function close(
	context: MailContext,
	{ id, name, payload }: OutboxRow,
	input: { outcome: 'sent' | 'skipped'; again?: boolean } | { outcome: 'refused'; reason: string },
): Promise<EmailOutcome> {
	const { outcome } = input
	return context.transact(async (tx) => {
		const [row] = await tx.select().from(outbox).where(eq(outbox.id, id)).for('update')
		if (row === undefined || row.nextAttemptAt === null) return 'nothing-to-do'
		const lastError = input.outcome === 'refused' ? input.reason.slice(0, 500) : null
		await tx
			.update(outbox)
			.set({
				nextAttemptAt: null,
				lastError,
				...(outcome === 'sent' ? { dispatchedAt: databaseNow } : {}),
			})
			.where(eq(outbox.id, id))
		const entry = {
			actor: 'ai-hero',
			action: `email.${outcome}`,
			purchaseId: typeof payload.purchaseId === 'string' ? payload.purchaseId : null,
			subject: id,
			data: { template: name, error: lastError, acceptedBefore: 'again' in input && input.again === true },
		}
		if (outcome === 'refused') await raiseAlert(context, tx, { ...entry, action: 'email-refused' })
		else await recordAudit(tx, entry)
		return outcome
	})
}
