import { answerGrantsOfSellerUser } from '../grants/answer-grants-of-seller-user'
import { context, inngest, triggers } from '../host'
import { tellLink } from '../links/tell-link'
import { alertOnFailure } from './alert-on-failure'
import { readIds } from './read-ids'

/** In-app `account/unlinked`: tells the seller of the record, and of the grants that nobody holds now. */
export const emitAccountUnlinked = inngest.createFunction(
	{ id: 'emit-account-unlinked', retries: 10, onFailure: alertOnFailure },
	{ event: triggers.accountUnlinked },
	async ({ event, step }) => {
		const { linkedUserId: sellerUserId } = readIds(event.data, 'link')
		await step.run('tell', () => tellLink(context, { sellerUserId }))
		await step.run('answer', () => answerGrantsOfSellerUser(context, { sellerUserId, which: 'unclaimed' }))
	},
)
