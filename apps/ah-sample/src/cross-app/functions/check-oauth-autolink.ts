import { isLinkRefused } from '@cross-app/shared'
import { context, inngest } from '../host'
import { autoLink } from '../links/auto-link'
import { dispatchAfterCommit } from '../outbox/dispatch-after-commit'
import { alertOnFailure } from './alert-on-failure'
import { openEvent } from './open-event'

/**
 * `user/oauth-login`: someone signed in on Total TypeScript with a provider account that may be held here too; then the
 * two are linked (spec 001, "User Identity Linking"). A refusal is audited and final.
 */
export const checkOauthAutolink = inngest.createFunction(
	{ id: 'check-oauth-autolink', retries: 5, onFailure: alertOnFailure },
	{ event: 'user/oauth-login' },
	({ event, step, attempt }) =>
		step.run('link', async () => {
			const { data } = await openEvent('user/oauth-login', event, attempt)
			try {
				const linked = await autoLink(context, { login: data })
				await dispatchAfterCommit(context, linked?.outboxIds ?? [])
				return { outcome: linked?.outcome ?? 'nobody-here' }
			} catch (error) {
				if (isLinkRefused(error)) return { outcome: error.refusal }
				throw error
			}
		}),
)
