import { and, asc, eq, isNull } from 'drizzle-orm'
import { type SendingContext, SOURCE_APP } from '../context'
import { crossAppGrants } from '../schema'
import { sendStoredAnswer } from './send-answer'

/**
 * Answers the seller about the grants of one of its users: those that a link claimed, or those that nobody holds now. As
 * they are stored; a repeat says the same again. @returns how many
 */
export async function answerGrantsOfSellerUser(
	context: Pick<SendingContext, 'db' | 'bridge'>,
	input: { sellerUserId: string; which: { claimedByLinkRevision: number } | 'unclaimed' },
): Promise<number> {
	const { sellerUserId, which } = input
	const rows = await context.db
		.select()
		.from(crossAppGrants)
		.where(
			and(
				eq(crossAppGrants.sourceApp, SOURCE_APP),
				eq(crossAppGrants.sourceUserId, sellerUserId),
				which === 'unclaimed'
					? isNull(crossAppGrants.userId)
					: eq(crossAppGrants.claimedByLinkRevision, which.claimedByLinkRevision),
			),
		)
		.orderBy(asc(crossAppGrants.id))
	for (const row of rows) await sendStoredAnswer(context, row)
	return rows.length
}
