import { DrizzleAdapter } from '@auth/drizzle-adapter'
import { normaliseEmail } from '@cross-app/shared'
import type { Adapter } from 'next-auth/adapters'
import { type Database, db } from '@/db'
import { accounts, sessions, users, verificationTokens } from '@/db/schema'

/**
 * Auth.js on the app's tables. The email column ignores case and accents, so the row it finds for `é` may be `e`'s:
 * what it finds is compared again.
 */
export function authAdapter(database: Database = db): Adapter {
	const adapter = DrizzleAdapter(database, {
		usersTable: users,
		accountsTable: accounts,
		sessionsTable: sessions,
		verificationTokensTable: verificationTokens,
	})
	return {
		...adapter,
		async getUserByEmail(email) {
			const user = (await adapter.getUserByEmail?.(email)) ?? null
			return user !== null && normaliseEmail(user.email) === normaliseEmail(email) ? user : null
		},
	}
}
