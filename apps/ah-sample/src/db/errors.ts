const DUPLICATE_KEY = 1062
const DEADLOCK = 1213
const LOCK_WAIT_TIMEOUT = 1205

/** The server's error number: Drizzle wraps the driver's error, so it is looked for along the causes. */
function serverErrorNumber(error: unknown): number | null {
	for (let current = error; current instanceof Error; current = current.cause) {
		if ('errno' in current && typeof current.errno === 'number') return current.errno
	}
	return null
}

/** A row with this primary or unique key exists already. */
export function isUniqueViolation(error: unknown): boolean {
	return serverErrorNumber(error) === DUPLICATE_KEY
}

/** The server chose this transaction as a deadlock's victim, or gave up waiting for a lock: the same work may succeed now. */
export function isRetryable(error: unknown): boolean {
	const number = serverErrorNumber(error)
	return number === DEADLOCK || number === LOCK_WAIT_TIMEOUT
}
