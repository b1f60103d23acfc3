import { and, eq } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { databaseNow } from '../database/clock'
import { providerAccountsSeen } from '../schema'

/** A sign-in provider's account that a user here holds. */
export type ProviderAccount = { provider: string; providerAccountId: string; userId: string }

/**
 * Notes when a provider's account was attached to a user. Called by the sign-in hooks: at the attaching, and again with
 * `newUser` once it is known that the same sign-in made the user. The first time stays, unless the account moved to
 * another user: then it counts as attached now.
 */
export async function recordProviderAccount(
	{ transact }: Pick<CrossAppContext, 'transact'>,
	input: ProviderAccount & { newUser: boolean },
): Promise<void> {
	const isIt = and(
		eq(providerAccountsSeen.provider, input.provider),
		eq(providerAccountsSeen.providerAccountId, input.providerAccountId),
	)
	await transact(async (tx) => {
		const [seen] = await tx.select().from(providerAccountsSeen).where(isIt).for('update')
		if (seen === undefined) {
			await tx.insert(providerAccountsSeen).ignore().values(input)
			return
		}
		if (seen.userId === input.userId && (seen.newUser || !input.newUser)) return
		const moved = seen.userId !== input.userId
		await tx
			.update(providerAccountsSeen)
			.set({ userId: input.userId, newUser: input.newUser, ...(moved ? { attachedAt: databaseNow } : {}) })
			.where(isIt)
	})
}
