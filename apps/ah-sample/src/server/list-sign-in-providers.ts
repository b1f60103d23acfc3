import { asc, eq } from 'drizzle-orm'
import { listSeenAccounts } from '@/cross-app'
import { db } from '@/db'
import { accounts, users } from '@/db/schema'

export type SignInProviders = {
	/** The address was proven by an email link. */
	emailVerified: boolean
	/** `since`: ISO 8601; null when it was attached before that was noted. */
	providers: { provider: string; since: string | null }[]
}

/** How a user can sign in besides the email link, for the settings. */
export async function listSignInProviders({ userId }: { userId: string }): Promise<SignInProviders> {
	const [user] = await db.select().from(users).where(eq(users.id, userId))
	const held = await db
		.select()
		.from(accounts)
		.where(eq(accounts.userId, userId))
		.orderBy(asc(accounts.provider))
	const seen = await listSeenAccounts(db, { userId })
	return {
		emailVerified: user?.emailVerified != null,
		providers: held.map(({ provider, providerAccountId }) => {
			const noted = seen.find(
				(row) => row.provider === provider && row.providerAccountId === providerAccountId,
			)
			return { provider, since: noted?.attachedAt?.toISOString() ?? null }
		}),
	}
}
