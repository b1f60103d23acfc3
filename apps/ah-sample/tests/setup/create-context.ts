import { drizzle } from 'drizzle-orm/mysql2'
import { ensurePersonalOrganization } from '../../src/access/ensure-personal-organization'
import { readProductContent } from '../../src/access/read-product-content'
import type { CrossAppContext, Log } from '../../src/cross-app/context'
import { createTransact } from '../../src/cross-app/database/transact'
import { createDatabasePool } from '../../src/db/connect'
import { isRetryable, isUniqueViolation } from '../../src/db/errors'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

/**
 * What the verbs of `src/cross-app` need, on a database of the caller's choice: for tests that run both apps' verbs in
 * one process. Reads no environment and uses relative imports only.
 */
export function createContext(options: { databaseUrl: string; connections?: number; log?: Log }): {
	context: CrossAppContext
	close(): Promise<void>
} {
	const pool = createDatabasePool(options.databaseUrl, options.connections)
	const db = drizzle({ client: pool })
	return {
		context: {
			db,
			transact: createTransact({ db, isRetryable }),
			host: { readProductContent, ensurePersonalOrganization },
			log: options.log ?? silent,
			isUniqueViolation,
		},
		close: () => pool.end(),
	}
}
