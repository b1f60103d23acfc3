import { NotFoundError } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../context'
import { accountLinks } from '../schema'
import type { LinkKey } from './ensure-account-link-row'

export type AccountLinkRow = typeof accountLinks.$inferSelect

/**
 * Locks the row of a user of the other app until the transaction ends. The first lock of every transaction that decides
 * anything about that user's links, grants or claims.
 *
 * @throws NotFoundError when `ensureAccountLinkRow` was not called before
 */
export async function lockAccountLink(tx: Transaction, key: LinkKey): Promise<AccountLinkRow> {
	const [row] = await tx
		.select()
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, key.linkedApp), eq(accountLinks.linkedUserId, key.linkedUserId)))
		.for('update')
	if (row === undefined)
		throw new NotFoundError('The AccountLink row does not exist. Ensure it before locking it.')
	return row
}
