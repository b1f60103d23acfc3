import type { ProviderAttachment } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import type { Executor } from '../context'
import { hostAccounts } from '../host-tables'
import { providerAccountsSeen } from '../schema'
import { LONG_AGO, type ProviderAccount } from './record-provider-account'

/** Who here holds this account of a sign-in provider now, or null. The column ignores case; an id does not. */
export async function readProviderAccount(
	db: Executor,
	input: { provider: string; providerAccountId: string },
): Promise<ProviderAccount | null> {
	const rows = await db
		.select({
			provider: hostAccounts.provider,
			providerAccountId: hostAccounts.providerAccountId,
			userId: hostAccounts.userId,
		})
		.from(hostAccounts)
		.where(
			and(
				eq(hostAccounts.provider, input.provider),
				eq(hostAccounts.providerAccountId, input.providerAccountId),
			),
		)
	return (
		rows.find(
			(row) => row.provider === input.provider && row.providerAccountId === input.providerAccountId,
		) ?? null
	)
}

/**
 * When that account was attached to that user; null when it was before this was noted. What is noted of another user is
 * no proof of age: it counts as attached now.
 */
export async function readAttachment(
	db: Executor,
	account: ProviderAccount,
	now: Date,
): Promise<ProviderAttachment> {
	const [seen] = await db
		.select()
		.from(providerAccountsSeen)
		.where(
			and(
				eq(providerAccountsSeen.provider, account.provider),
				eq(providerAccountsSeen.providerAccountId, account.providerAccountId),
			),
		)
	if (seen === undefined) return null
	if (seen.userId !== account.userId) return { attachedAt: now, newUser: false }
	return { attachedAt: seen.attachedAt, newUser: seen.newUser }
}

export type SeenAccount = {
	provider: string
	providerAccountId: string
	/** Null: before such things were noted. */
	attachedAt: Date | null
	/** Normalised; what the provider has verified, at the last sign-in. */
	vouchedEmail: string | null
}

/** What is noted of a user's accounts at sign-in providers. */
export async function listSeenAccounts(db: Executor, input: { userId: string }): Promise<SeenAccount[]> {
	const rows = await db
		.select()
		.from(providerAccountsSeen)
		.where(eq(providerAccountsSeen.userId, input.userId))
	return rows.map(({ provider, providerAccountId, attachedAt, vouchedEmail }) => ({
		provider,
		providerAccountId,
		attachedAt: attachedAt.getTime() <= LONG_AGO.getTime() ? null : attachedAt,
		vouchedEmail,
	}))
}
