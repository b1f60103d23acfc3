import { normaliseEmail } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import { listSeenAccounts, recordAudit, transact, unlinkAccount } from '@/cross-app'
import { accounts, sessions, users } from '@/db/schema'

/**
 * Someone followed the link mailed to this user's address: from now on the user is known to own it. Sign-in providers
 * that did not vouch for that very address are detached, because whoever attached them may have made the account under
 * a stranger's address, to wait there for its owner (case 26). Then their sessions end too, and so does a link they may
 * have made, with what it claimed. A second time changes nothing.
 */
export async function confirmEmail({ userId }: { userId: string }): Promise<void> {
	const detached = await transact(async (tx) => {
		const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
		if (user === undefined || user.id !== userId || user.emailVerified !== null) return []
		await tx.update(users).set({ emailVerified: new Date() }).where(eq(users.id, userId))
		const held = await tx.select().from(accounts).where(eq(accounts.userId, userId))
		const address = normaliseEmail(user.email)
		const vouched = (await listSeenAccounts(tx, { userId })).filter((seen) => seen.vouchedEmail === address)
		const strangers = held.filter(
			(account) =>
				!vouched.some(
					(seen) =>
						seen.provider === account.provider && seen.providerAccountId === account.providerAccountId,
				),
		)
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
	})
	if (detached.length > 0) await unlinkAccount({ userId, notMe: true })
}
