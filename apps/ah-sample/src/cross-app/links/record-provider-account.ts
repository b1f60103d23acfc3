import { normaliseEmail } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import type { CrossAppContext, Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { queueEvent } from '../outbox/queue-event'
import { providerAccountsSeen } from '../schema'

/** A sign-in provider's account that a user here holds. */
export type ProviderAccount = { provider: string; providerAccountId: string; userId: string }

/** When an account was attached that was there before such things were noted. TIMESTAMP knows no year 0. */
export const LONG_AGO = new Date('2000-01-01T00:00:00Z')

/**
 * Notes that a provider's account is attached to a user now, in the transaction that attaches it: a fresh one is no
 * ground for linking accounts by itself. Attached again, or to another user, it is fresh again.
 */
export async function recordAttachment(tx: Transaction, account: ProviderAccount): Promise<void> {
	const { provider, providerAccountId, userId } = account
	const fresh = { userId, newUser: false, vouchedEmail: null, attachedAt: databaseNow }
	await tx
		.insert(providerAccountsSeen)
		.values({ provider, providerAccountId, ...fresh })
		.onDuplicateKeyUpdate({ set: fresh })
}

/**
 * Notes a sign-in with a provider: what it vouched for, and whether the sign-in made the user. From the same transaction
 * comes the in-app event by which the other app learns of it.
 *
 * @param input.vouchedEmail the address the provider has verified
 * @returns the outbox rows, for `dispatchAfterCommit`
 */
export async function recordProviderSignIn(
	{ transact }: Pick<CrossAppContext, 'transact'>,
	input: ProviderAccount & { newUser: boolean; vouchedEmail: string; at: Date },
): Promise<string[]> {
	const { provider, providerAccountId, userId, newUser, at } = input
	const vouchedEmail = normaliseEmail(input.vouchedEmail)
	return transact(async (tx) => {
		await tx
			.insert(providerAccountsSeen)
			.values({ provider, providerAccountId, userId, newUser, vouchedEmail, attachedAt: LONG_AGO })
			// There already: its date stays.
			.onDuplicateKeyUpdate({ set: { provider } })
		await tx
			.update(providerAccountsSeen)
			.set({ vouchedEmail, ...(newUser ? { newUser } : {}) })
			.where(
				and(
					eq(providerAccountsSeen.provider, provider),
					eq(providerAccountsSeen.providerAccountId, providerAccountId),
					eq(providerAccountsSeen.userId, userId),
				),
			)
		const { outboxId } = await queueEvent(tx, {
			dedupeKey: `user/signed-in:${crypto.randomUUID()}`,
			name: 'user/signed-in',
			data: { userId, provider, providerAccountId, at: at.toISOString() },
		})
		return [outboxId]
	})
}
