import { context, inngest, triggers } from '../host'
import { deliverEmail } from '../mail/deliver-email'
import { alertOnFailure } from './alert-on-failure'
import { readIds } from './read-ids'

/**
 * How long a mail waits before it is written: the second course of a bundle arrives with the first, and belongs into
 * the same mail.
 */
const WAIT_FOR_THE_REST = '2s'

/** In-app `email/requested`: one queued mail to the provider, tried again while the provider is down (case 35). */
export const sendEmail = inngest.createFunction(
	{ id: 'send-email', retries: 10, onFailure: alertOnFailure, concurrency: { limit: 5 } },
	{ event: triggers.emailRequested },
	async ({ event, step }) => {
		const { outboxId } = readIds(event.data, 'email')
		await step.sleep('wait-for-the-rest', WAIT_FOR_THE_REST)
		return { outcome: await step.run('deliver', () => deliverEmail(context, { outboxId })) }
	},
)
