import { stableId } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { accountLinks } from '../schema'

/** A user of the other app. */
export type LinkKey = { linkedApp: string; linkedUserId: string }

/**
 * Makes the row that stands, and is locked, for a user of the other app, if there is none yet.
 *
 * In a statement of its own, before any transaction: creating and locking in one transaction lets two newcomers wait
 * for each other.
 */
export async function ensureAccountLinkRow(
	context: Pick<CrossAppContext, 'db'>,
	key: LinkKey,
): Promise<void> {
	const { db } = context
	const found = await db
		.select({ id: accountLinks.id })
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, key.linkedApp), eq(accountLinks.linkedUserId, key.linkedUserId)))
	if (found.length > 0) return
	const id = await stableId('account-link', key.linkedApp, key.linkedUserId)
	// Whoever comes second loses nothing: the id is the same, and nobody looks at affected rows.
	await db
		.insert(accountLinks)
		.ignore()
		.values({ id, ...key })
}
