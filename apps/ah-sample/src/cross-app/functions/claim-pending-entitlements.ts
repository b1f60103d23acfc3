import { answerGrantsOfSellerUser } from '../grants/answer-grants-of-seller-user'
import { context, inngest, triggers } from '../host'
import { claimPending } from '../links/claim-pending'
import { tellLink } from '../links/tell-link'
import { alertOnFailure } from './alert-on-failure'
import { readIds } from './read-ids'

/**
 * In-app `account/linked`: tells the seller of the link, claims what is still unclaimed, and answers for each claimed
 * grant (spec 001, "User Identity Linking"). A lost telling is repaired by the seller's pull.
 */
export const claimPendingEntitlements = inngest.createFunction(
	{ id: 'claim-pending-entitlements', retries: 10, onFailure: alertOnFailure },
	{ event: triggers.accountLinked },
	async ({ event, step }) => {
		const { linkedUserId: sellerUserId, linkRevision } = readIds(event.data, 'link')
		await step.run('claim', () => claimPending(context, { sellerUserId, linkRevision }))
		await step.run('tell', () => tellLink(context, { sellerUserId }))
		await step.run('answer', () =>
			answerGrantsOfSellerUser(context, {
				sellerUserId,
				which: { claimedByLinkRevision: linkRevision },
			}),
		)
	},
)
