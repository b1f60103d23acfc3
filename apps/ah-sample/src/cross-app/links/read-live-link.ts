import { and, eq } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { accountLinks } from '../schema'
import type { AccountLinkRow } from './lock-account-link'

/** The live link of a user here to the other app, or null. For pages; a decision reads it under its lock. */
export async function readLiveLink(
	{ db }: Pick<CrossAppContext, 'db'>,
	input: { userId: string },
): Promise<AccountLinkRow | null> {
	const [row] = await db
		.select()
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), eq(accountLinks.userId, input.userId)))
	return row ?? null
}
