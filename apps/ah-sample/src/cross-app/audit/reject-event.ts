import type { CrossAppError } from '@cross-app/shared'
import { and, eq, gte, sql } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { auditEvents } from '../schema'
import { raiseAlert } from './raise-alert'
import { recordAudit } from './record-audit'

const ALERT_ONCE_IN_SECONDS = 3600

/**
 * Records an event that was not from the other app, or not meant for this one. Every one is audited; people are told
 * once an hour for each event name and kind of fault, so that a flood of forgeries does not drown everything else.
 */
export async function rejectEvent(
	context: Pick<CrossAppContext, 'db' | 'log'>,
	input: { name: string; eventId: string | null; reason: CrossAppError },
): Promise<void> {
	const { name, reason } = input
	const subject = `${name}:${reason.code}`
	const data = {
		event: name,
		eventId: input.eventId?.slice(0, 100) ?? null,
		error: reason.code,
		summary: reason.message,
	}
	await recordAudit(context.db, { actor: 'unknown', action: 'event.rejected', subject, data })
	const since = sql`CURRENT_TIMESTAMP(3) - INTERVAL ${sql.raw(String(ALERT_ONCE_IN_SECONDS))} SECOND`
	const [told] = await context.db
		.select({ id: auditEvents.id })
		.from(auditEvents)
		.where(
			and(
				eq(auditEvents.action, 'alert.event-rejected'),
				eq(auditEvents.subject, subject),
				gte(auditEvents.at, since),
			),
		)
		.limit(1)
	if (told !== undefined) return
	await raiseAlert(context, context.db, { actor: 'unknown', action: 'event-rejected', subject, data })
}

/**
 * Records an event whose key is not known here. Not rejected: during a rotation the key may still arrive, and the event
 * is tried again. Once per event, not once per attempt.
 */
export async function postponeEvent(
	context: Pick<CrossAppContext, 'db' | 'log'>,
	input: { name: string; eventId: string | null; reason: CrossAppError },
): Promise<void> {
	const { name, eventId, reason } = input
	context.log.warn('cross_app.event_postponed', { name, error: reason.code })
	await recordAudit(context.db, {
		actor: 'unknown',
		action: 'event.postponed',
		subject: `${name}:${reason.code}`,
		data: {
			event: name,
			eventId: eventId?.slice(0, 100) ?? null,
			error: reason.code,
			summary: reason.message,
		},
	})
}
