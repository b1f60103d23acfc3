import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { SendingContext } from '../context'
import { databaseNow } from '../database/clock'
import { outbox } from '../schema'

/** A row that was taken is due again after this long when its sender died: longer than any send takes. */
const LEASE_SECONDS = 60
const LONGEST_PAUSE_SECONDS = 15 * 60

export type OutboxRun = { dispatched: number; failed: number }

/**
 * Sends what is due: the rows given, or the oldest due ones. A row is first taken, by moving its next attempt forward
 * under its lock, then sent outside of any transaction, then marked; whoever dies in between leaves it due again.
 * Sending twice is harmless: an event's id is its row's, and a mail carries its row's id to the provider.
 *
 * An event is done when Inngest has accepted it. A mail is handed to `send-email`, and done when the mail provider has
 * accepted it (`deliver-email`); until then its row comes back here.
 */
export async function dispatchOutbox(
	context: Pick<SendingContext, 'db' | 'transact' | 'log' | 'sendInApp'>,
	input: { ids?: string[]; limit?: number } = {},
): Promise<OutboxRun> {
	const taken = await takeDue(context, input)
	const run: OutboxRun = { dispatched: 0, failed: 0 }
	for (const row of taken) {
		try {
			await context.sendInApp(toInAppEvent(row))
		} catch (error) {
			run.failed += 1
			context.log.warn('cross_app.outbox_send_failed', { outboxId: row.id, name: row.name, error })
			await postpone(context, row)
			continue
		}
		await markSent(context, row)
		run.dispatched += 1
	}
	return run
}

type OutboxRow = typeof outbox.$inferSelect

function toInAppEvent(row: OutboxRow): { id: string; name: string; data: Record<string, unknown> } {
	if (row.kind === 'event') return { id: row.id, name: row.name, data: row.payload }
	// Asked for again, it has to run again: it can't carry the first one's id.
	return { id: `${row.id}:${row.attempts}`, name: 'email/requested', data: { outboxId: row.id } }
}

async function markSent(context: Pick<SendingContext, 'db'>, row: OutboxRow): Promise<void> {
	if (row.kind === 'event') {
		await context.db
			.update(outbox)
			.set({ dispatchedAt: databaseNow, nextAttemptAt: null, lastError: null })
			.where(eq(outbox.id, row.id))
		return
	}
	// Inngest retries the mail by itself for a while; the sweep asks again when that should be over. It may have been
	// accepted before this line.
	await context.db
		.update(outbox)
		.set({ nextAttemptAt: inSeconds(Math.max(LEASE_SECONDS, pauseSeconds(row.attempts))) })
		.where(and(eq(outbox.id, row.id), isNotNull(outbox.nextAttemptAt)))
}

async function takeDue(
	context: Pick<SendingContext, 'transact'>,
	input: { ids?: string[]; limit?: number },
): Promise<OutboxRow[]> {
	if (input.ids?.length === 0) return []
	return context.transact(async (tx) => {
		const due = and(isNotNull(outbox.nextAttemptAt), lte(outbox.nextAttemptAt, databaseNow))
		const rows = await tx
			.select()
			.from(outbox)
			.where(input.ids === undefined ? due : and(due, inArray(outbox.id, input.ids)))
			.orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
			.limit(input.limit ?? 100)
			.for('update', { skipLocked: true })
		if (rows.length === 0) return []
		await tx
			.update(outbox)
			.set({
				attempts: sql`${outbox.attempts} + 1`,
				nextAttemptAt: inSeconds(LEASE_SECONDS),
			})
			.where(
				inArray(
					outbox.id,
					rows.map((row) => row.id),
				),
			)
		return rows
	})
}

async function postpone(context: Pick<SendingContext, 'db'>, row: OutboxRow): Promise<void> {
	await context.db
		.update(outbox)
		.set({
			nextAttemptAt: inSeconds(pauseSeconds(row.attempts)),
			lastError: 'This app’s Inngest did not take the event.',
		})
		.where(eq(outbox.id, row.id))
}

/** Doubling, with jitter, up to a quarter of an hour; it never gives up. */
function pauseSeconds(attempts: number): number {
	return Math.min(LONGEST_PAUSE_SECONDS, 5 * 2 ** Math.min(attempts, 10)) * (0.75 + Math.random() / 2)
}

function inSeconds(seconds: number) {
	return sql`CURRENT_TIMESTAMP(3) + INTERVAL ${sql.raw(String(Math.round(seconds)))} SECOND`
}
