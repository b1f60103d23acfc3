import { type BothTimelines, type GrantDetails, support } from '@/cross-app'
import { totalTypeScriptUrl } from '@/server/total-typescript-urls'
import { readProductNames } from './read-product-names'

export type AdminGrantPage = {
	grant: GrantDetails & { courseName: string }
	timelines: BothTimelines
	/** Why it is on hold, in the words of who set that, as far as the other app tells. */
	holdReason: string | null
	/** Total TypeScript's admin page of the purchase: holds are set and released there. */
	purchaseHref: string
}

/** Everything about one grant, from both apps; null when there is none. The page has checked who is looking. */
export async function readAdminGrant({ grantId }: { grantId: string }): Promise<AdminGrantPage | null> {
	const grant = await support.readGrant({ grantId })
	if (grant === null) return null
	const [names, timelines] = await Promise.all([
		readProductNames(),
		support.readPurchaseTimelines({ purchaseId: grant.purchaseId }),
	])
	return {
		grant: { ...grant, courseName: names.get(grant.productId) ?? grant.productId },
		timelines,
		holdReason: grant.desired.stopReason === 'hold' ? findHoldReason(timelines, grant.syncId) : null,
		purchaseHref: totalTypeScriptUrl(`/admin/syncs/${encodeURIComponent(grant.purchaseId)}`),
	}
}

/** The newest hold of this very sync that the other app has written down. */
function findHoldReason({ there }: BothTimelines, syncId: string): string | null {
	if (!there.reached) return null
	const held = there.rows.filter((row) => row.action === 'sync.held' && row.subject === syncId).at(-1)
	return typeof held?.data.reason === 'string' ? held.data.reason : null
}
