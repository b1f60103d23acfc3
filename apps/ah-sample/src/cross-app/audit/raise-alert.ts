import type { CrossAppContext, Executor } from '../context'
import { type AuditEntry, recordAudit } from './record-audit'

/**
 * Tells people: an audit row `alert.<action>`, which the admin pages show, and an error in the log. Both, because the
 * log may be watched when the database is not, and the other way round.
 */
export async function raiseAlert(
	context: Pick<CrossAppContext, 'log'>,
	tx: Executor,
	entry: AuditEntry,
): Promise<void> {
	const action = `alert.${entry.action}`
	await recordAudit(tx, { ...entry, action })
	context.log.error(`cross_app.${action}`, {
		subject: entry.subject,
		purchaseId: entry.purchaseId ?? null,
		...entry.data,
	})
}
