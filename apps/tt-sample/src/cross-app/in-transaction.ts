import type {DatabaseContext, Transaction} from './context'

const MAX_ATTEMPTS = 8
const MAX_WAIT_MS = 10_000
const TIMEOUT_MS = 20_000

/**
 * Runs `work` in a transaction, and again when it lost against another one (deadlock, lock timeout). The one place
 * where transactions are retried: `work` may run several times and must do nothing that outlives a rollback (no HTTP,
 * no second connection).
 */
export async function inTransaction<Result>(
  context: Pick<DatabaseContext, 'db' | 'isRetryable'>,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.db.$transaction(work, {maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS})
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !context.isRetryable(error)) throw error
      await pause(attempt)
    }
  }
}

/**
 * The same for one statement that commits by itself. Rows that must exist before a transaction locks them are made this
 * way: made inside it, two transactions would each hold what the other one waits for.
 */
export async function retrying<Result>(
  context: Pick<DatabaseContext, 'isRetryable'>,
  statement: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await statement()
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !context.isRetryable(error)) throw error
      await pause(attempt)
    }
  }
}

/** Grows to about a third of a second, never twice the same: two losers must not meet again in step. */
function pause(attempt: number): Promise<void> {
  const milliseconds = Math.random() * Math.min(10 * 2 ** attempt, 320)
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
