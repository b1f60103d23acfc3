import { normaliseEmail } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import { listSeenAccounts, recordAudit, transact, unlinkAccount } from '@/cross-app'
import { db } from '@/db'
import { accounts, sessions, users } from '@/db/schema'

type Executor = Parameters<typeof listSeenAccounts>[0]
type User = typeof users.$inferSelect

/**
 * Someone followed the link mailed to this user's address: from now on the user is known to own it. Sign-in providers
 * that did not vouch for that very address are detached, because whoever attached them may have made the account under
 * a stranger's address, to wait there for its owner (case 26). Then their sessions end too, and so does a link they may
 * have made, with what it claimed. A second time changes nothing.
 */
export async function confirmEmail({ userId }: { userId: string }): Promise<void> {
	const [user] = await db.select().from(users).where(eq(users.id, userId))
	const waiting = user !== undefined && isUnconfirmed(user, userId) ? await listStrangers(db, user) : []
	// First of all: when this process dies in between, the owner asks for another mail and it goes on from there.
	if (waiting.length > 0) await unlinkAccount({ userId, notMe: true })
	const detached = await transact((tx) => confirmUnderLock(tx, userId))
	// And a link that was made just then; after this the stranger has no session to make one.
	if (detached.length > 0) await unlinkAccount({ userId, notMe: true })
}

/** @returns the providers that were detached */
async function confirmUnderLock(
	tx: Parameters<Parameters<typeof transact>[0]>[0],
	userId: string,
): Promise<string[]> {
	const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
	if (user === undefined || !isUnconfirmed(user, userId)) return []
	await tx.update(users).set({ emailVerified: new Date() }).where(eq(users.id, userId))
	const strangers = await listStrangers(tx, user)
	for (const { provider, providerAccountId } of strangers) {
		await tx
			.delete(accounts)
			.where(and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId)))
	}
	if (strangers.length > 0) await tx.delete(sessions).where(eq(sessions.userId, userId))
	const providers = strangers.map(({ provider }) => provider)
	await recordAudit(tx, {
		actor: `user:${userId}`,
		action: 'user.email-verified',
		subject: userId,
		data: { detachedProviders: providers.join(',') },
	})
	return providers
}

/** The column ignores case; an id does not. */
function isUnconfirmed(user: User, userId: string): boolean {
	return user.id === userId && user.emailVerified === null
}

/** The user's accounts at providers that have not vouched for the user's address. */
async function listStrangers(
	executor: Executor,
	{ id: userId, email }: User,
): Promise<{ provider: string; providerAccountId: string }[]> {
	const held = await executor.select().from(accounts).where(eq(accounts.userId, userId))
	const address = normaliseEmail(email)
	const vouched = (await listSeenAccounts(executor, { userId })).filter(
		(seen) => seen.vouchedEmail === address,
	)
	return held.filter(
		(account) =>
			!vouched.some(
				(seen) => seen.provider === account.provider && seen.providerAccountId === account.providerAccountId,
			),
	)
}
