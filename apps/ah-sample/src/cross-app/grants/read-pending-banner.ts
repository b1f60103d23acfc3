import type { CrossAppContext } from '../context'
import { readLiveLink } from '../links/read-live-link'
import type { GrantDescription } from './describe-grant'
import { listGrantsOfUser } from './list-grants-of-user'

export type PendingBanner = { count: number; courseTitles: string[]; state: GrantDescription }

/**
 * "Something you bought is waiting": for a signed-in user without a link whose verified address matches grants that
 * nobody has claimed. Null when there is nothing to say.
 */
export async function readPendingBanner(
	context: Pick<CrossAppContext, 'db' | 'host'>,
	input: { userId: string; sellerLinkUrl: string },
): Promise<PendingBanner | null> {
	if ((await readLiveLink(context, input)) !== null) return null
	const waiting = (await listGrantsOfUser(context, input)).filter(
		(grant) => !grant.claimed && grant.status === 'pending',
	)
	const first = waiting[0]
	if (first === undefined) return null
	const titles = await Promise.all(
		waiting.map(async (grant) => (await context.host.readProductContent(context.db, grant.productId))?.title),
	)
	return {
		count: waiting.length,
		courseTitles: [...new Set(titles.filter((title) => title !== undefined))],
		state: first.description,
	}
}
