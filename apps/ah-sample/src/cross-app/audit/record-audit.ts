import type { Executor } from '../context'
import { auditEvents } from '../schema'

export type AuditEntry = {
	/** Who did it: `total-typescript`, `user:<id>`, `sweep`, `sign-in`. */
	actor: string
	/** What happened, dotted: `grant.applied`. An `alert.` in front makes it one for people to look at. */
	action: string
	purchaseId?: string | null
	/** The row it happened to. */
	subject: string
	/** Flat details for the timeline; no address, no secret. `summary` is one sentence for people. */
	data: Record<string, string | number | boolean | null>
}

/**
 * Writes one audit row with the given executor: inside the transaction that makes the change, so that a change without
 * its row can't exist.
 */
export async function recordAudit(tx: Executor, entry: AuditEntry): Promise<void> {
	await tx.insert(auditEvents).values({
		id: crypto.randomUUID(),
		actor: entry.actor,
		action: entry.action,
		purchaseId: entry.purchaseId ?? null,
		subject: entry.subject,
		data: entry.data,
	})
}

/** The same for what anybody can cause as often as they like: one row for one id, however often it is told. */
export async function recordAuditOnce(tx: Executor, entry: AuditEntry & { id: string }): Promise<void> {
	const { id, actor, action, subject, data } = entry
	await tx
		.insert(auditEvents)
		.values({ id, actor, action, purchaseId: entry.purchaseId ?? null, subject, data })
		.onDuplicateKeyUpdate({ set: { id } })
}
