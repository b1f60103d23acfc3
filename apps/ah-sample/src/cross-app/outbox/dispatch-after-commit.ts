import type { SendingContext } from '../context'
import { dispatchOutbox } from './dispatch-outbox'

/** What a caller that someone is waiting for may spend on it. */
const PATIENCE_MS = 2_000

/**
 * Sends rows that the caller has just committed, so that nobody waits for the sweep. Takes two seconds at most and
 * never fails: what is not sent now is sent by the sweep.
 */
export async function dispatchAfterCommit(
	context: Pick<SendingContext, 'db' | 'transact' | 'log' | 'sendInApp'>,
	outboxIds: string[],
): Promise<void> {
	if (outboxIds.length === 0) return
	let timer: ReturnType<typeof setTimeout> | undefined
	const patience = new Promise<'late'>((resolve) => {
		timer = setTimeout(() => resolve('late'), PATIENCE_MS)
	})
	const work = dispatchOutbox(context, { ids: outboxIds }).catch((error: unknown) => {
		context.log.warn('cross_app.outbox_dispatch_failed', { error })
	})
	if ((await Promise.race([work, patience])) === 'late') {
		context.log.warn('cross_app.outbox_dispatch_late', { outboxIds })
	}
	clearTimeout(timer)
}
