import { type HeldLink, LinkRefusedError, type LinkStore } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP, type Transaction } from '../context'
import { databaseNow } from '../database/clock'
import { accountLinks, consumedLinkTokens } from '../schema'
import { ensureAccountLinkRow, type LinkKey } from './ensure-account-link-row'
import { toLinkColumns, toLinkRecord } from './link-row'
import { type AccountLinkRow, lockAccountLink } from './lock-account-link'

type StoreContext = Pick<CrossAppContext, 'db' | 'transact' | 'isUniqueViolation'>

/** AI Hero's links, of which it is the only writer: the AccountLink row of the seller's user, and the tokens used up. */
export function drizzleLinkStore(context: StoreContext): LinkStore<Transaction> {
	return {
		async withLink(sellerUserId, work) {
			const key: LinkKey = { linkedApp: SOURCE_APP, linkedUserId: sellerUserId }
			await ensureAccountLinkRow(context, key)
			return context.transact(async (tx) => work(holdLink(context, tx, await lockAccountLink(tx, key))))
		},
	}
}

/** A row that the transaction has locked, as the verbs of the shared package hold it. */
export function holdLink(
	context: Pick<CrossAppContext, 'isUniqueViolation'>,
	tx: Transaction,
	row: AccountLinkRow,
): HeldLink<Transaction> {
	return {
		tx,
		record: toLinkRecord(row),
		async save(next) {
			try {
				await tx
					.update(accountLinks)
					.set({ ...toLinkColumns(next), updatedAt: databaseNow })
					.where(eq(accountLinks.id, row.id))
			} catch (error) {
				// The unique key on (linkedApp, userId): one live link for a user here, however many try at once.
				if (context.isUniqueViolation(error)) throw new LinkRefusedError('granter-linked-elsewhere')
				throw error
			}
		},
		async spendToken({ tokenId, granterUserId }) {
			const used = await tx
				.select({ jti: consumedLinkTokens.jti })
				.from(consumedLinkTokens)
				.where(eq(consumedLinkTokens.jti, tokenId))
				.for('update')
			if (used.length > 0) return 'again'
			try {
				await tx.insert(consumedLinkTokens).values({ jti: tokenId, userId: granterUserId })
				return 'first'
			} catch (error) {
				if (context.isUniqueViolation(error)) return 'again'
				throw error
			}
		},
	}
}
