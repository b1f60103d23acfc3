import { DrizzleAdapter } from '@auth/drizzle-adapter'
import { normaliseEmail } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import type { Adapter, AdapterAccount } from 'next-auth/adapters'
import { readProviderAccount, recordAttachment, transact } from '@/cross-app'
import { type Database, db } from '@/db'
import { accounts, sessions, users, verificationTokens } from '@/db/schema'
import { confirmEmail } from './confirm-email'

const tables = {
	usersTable: users,
	accountsTable: accounts,
	sessionsTable: sessions,
	verificationTokensTable: verificationTokens,
}

/**
 * Auth.js on the app's tables. Their columns ignore case and accents, so the row found for `é` may be `e`'s: whatever is
 * found by an address or a provider's id is compared again, or a link mailed to one person would sign another one in.
 */
export function authAdapter(database: Database = db): Adapter {
	const adapter = DrizzleAdapter(database, tables)
	return {
		...adapter,
		async getUserByEmail(email) {
			const user = (await adapter.getUserByEmail?.(email)) ?? null
			return user !== null && normaliseEmail(user.email) === normaliseEmail(email) ? user : null
		},
		async getUserByAccount(account) {
			const held = await readProviderAccount(account)
			return held === null ? null : ((await adapter.getUser?.(held.userId)) ?? null)
		},
		async createUser(user) {
			const created = await adapter.createUser?.({ ...user, email: normaliseEmail(user.email) })
			if (created === undefined) throw new Error('The adapter can’t create users.')
			return created
		},
		async updateUser(user) {
			// The only update that Auth.js makes: an email link was followed.
			if (user.emailVerified) await confirmEmail({ userId: user.id })
			const [row] = await database.select().from(users).where(eq(users.id, user.id))
			if (row === undefined) throw new Error('The user is gone.')
			return row
		},
		async linkAccount(account) {
			await attachAccount(account)
		},
		async useVerificationToken(given) {
			const used = (await adapter.useVerificationToken?.(given)) ?? null
			return used !== null && used.identifier === given.identifier && used.token === given.token ? used : null
		},
	}
}

/** With when it was attached, in one transaction: an account without its date would count as an old one. */
async function attachAccount(account: AdapterAccount): Promise<void> {
	const { provider, providerAccountId, userId } = account
	await transact(async (tx) => {
		await tx.insert(accounts).values({ ...account, type: 'oauth' })
		await recordAttachment(tx, { provider, providerAccountId, userId })
	})
}
