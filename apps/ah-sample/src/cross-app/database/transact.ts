import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Transact } from '../context'

const ATTEMPTS = 6
const FIRST_PAUSE_MS = 20

/** Thrown inside a transaction to undo it and run it again, because what it read first is no longer so. */
export class StartAgainError extends Error {
	constructor(reason: string) {
		super(`Start again: ${reason}`)
		this.name = 'StartAgainError'
	}
}

/**
 * Makes the one way to open a transaction. It runs the work again when the server undid it (deadlock, lock wait
 * timeout) or the work asked for it, so the work does nothing but database work on `tx`.
 *
 * READ COMMITTED: a `FOR UPDATE` that finds nothing locks no gap, so two newcomers can't deadlock on the same gap, and
 * every read after a lock was got sees what its former holder committed.
 *
 * @throws the last error, after six attempts
 */
export function createTransact(options: {
	db: Database
	/** Whether the database undid the work for a reason that may not come again. */
	isRetryable: (error: unknown) => boolean
}): Transact {
	return async (work) => {
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await options.db.transaction(work, { isolationLevel: 'read committed' })
			} catch (error) {
				const again = options.isRetryable(error) || error instanceof StartAgainError
				if (!again || attempt >= ATTEMPTS) throw error
				// With jitter: two that met once must not meet again at the same moment.
				await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
			}
		}
	}
}
