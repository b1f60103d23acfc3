import { eq } from 'drizzle-orm'
import { recordAudit, transact, userDeleted } from '@/cross-app'
import { accounts, sessions, users } from '@/db/schema'

/**
 * Deletes a user with their ways to sign in. Purchases stay as records; what bundles had opened waits for another claim
 * (design: deleting an account is no refund). If this process dies in between, the sweep finds the missing user.
 */
export async function deleteAccount({ userId }: { userId: string }): Promise<void> {
	await transact(async (tx) => {
		await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
		await tx.delete(sessions).where(eq(sessions.userId, userId))
		await tx.delete(accounts).where(eq(accounts.userId, userId))
		await tx.delete(users).where(eq(users.id, userId))
		await recordAudit(tx, { actor: `user:${userId}`, action: 'user.deleted', subject: userId, data: {} })
	})
	await userDeleted({ userId })
}
