import { context, inngest } from '../host'
import { tellLink } from '../links/tell-link'
import { unlink } from '../links/unlink'
import { dispatchAfterCommit } from '../outbox/dispatch-after-commit'
import { alertOnFailure } from './alert-on-failure'
import { openEvent } from './open-event'

/**
 * `account/unlink-requested`: the seller asks the only writer of links to end one. Always answered with the record: a
 * request that named an older link is asked again with what the answer says, and an answer may have been lost.
 */
export const handleUnlinkRequest = inngest.createFunction(
	{ id: 'handle-unlink-request', retries: 10, onFailure: alertOnFailure },
	{ event: 'account/unlink-requested' },
	async ({ event, step, attempt }) => {
		const asked = await step.run('unlink', async () => {
			const { data } = await openEvent('account/unlink-requested', event, attempt)
			const { outboxIds } = await unlink(context, {
				sellerUserId: data.linkedUserId,
				linkRevision: data.linkRevision,
				by: data.by,
				release: data.release,
				knownUserId: data.userId,
				actor: 'total-typescript',
			})
			await dispatchAfterCommit(context, outboxIds)
			return { sellerUserId: data.linkedUserId }
		})
		await step.run('answer', () => tellLink(context, asked))
	},
)
