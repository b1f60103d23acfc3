import { type LinkRecord, unlinkedRecord } from '@cross-app/shared'
import { and, eq } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { accountLinks } from '../schema'
import { toLinkRecord } from './link-row'

/** What is stored about a user of the seller, without a lock: for answers, mails and pages. */
export async function readLinkRecord(
	{ db }: Pick<CrossAppContext, 'db'>,
	input: { sellerUserId: string },
): Promise<LinkRecord> {
	const [row] = await db
		.select()
		.from(accountLinks)
		.where(and(eq(accountLinks.linkedApp, SOURCE_APP), eq(accountLinks.linkedUserId, input.sellerUserId)))
	return row === undefined ? unlinkedRecord(input.sellerUserId) : toLinkRecord(row)
}
