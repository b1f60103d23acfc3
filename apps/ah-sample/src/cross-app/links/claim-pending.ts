import { liveLink } from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { claimGrants } from '../grants/claim-grants'
import { announceClaim } from './announce-link'
import { drizzleLinkStore } from './drizzle-link-store'
import { lockUsers } from './find-users'
import { releaseMissingUser } from './release-missing-user'

/**
 * Claims what is still unclaimed by the link of this revision, if it still is the live one. The link verb has claimed
 * already; this finds what a repair left over. @returns how many it claimed
 */
export async function claimPending(
	context: CrossAppContext,
	input: { sellerUserId: string; linkRevision: number },
): Promise<number> {
	const { sellerUserId, linkRevision } = input
	const result = await drizzleLinkStore(context).withLink(
		sellerUserId,
		async ({ tx, record }): Promise<{ claimed: number } | { missingUserId: string }> => {
			const live = liveLink(record)
			if (live === null || record.linkRevision !== linkRevision) return { claimed: 0 }
			const userId = live.granterUserId
			const user = (await lockUsers(tx, [userId])).get(userId)
			if (user === undefined) return { missingUserId: userId }
			const claimed = await claimGrants(context, tx, { sellerUserId, user, linkRevision })
			if (claimed.length > 0) {
				await announceClaim(tx, { linkedUserId: sellerUserId, linkRevision, userId })
			}
			return { claimed: claimed.length }
		},
	)
	if (!('missingUserId' in result)) return result.claimed
	await releaseMissingUser(context, { userId: result.missingUserId })
	return 0
}
