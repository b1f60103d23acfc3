import { context, inngest, triggers } from '../host'
import { buildLogin } from '../links/build-login'
import { alertOnFailure } from './alert-on-failure'
import { readIds } from './read-ids'

/**
 * In-app `user/signed-in`: tells Total TypeScript that someone signed in here with a provider account, while they have
 * no link; it answers with its own sign-in if it holds that account too.
 */
export const emitOauthLogin = inngest.createFunction(
	{ id: 'emit-oauth-login', retries: 3, onFailure: alertOnFailure },
	{ event: triggers.signedIn },
	({ event, step }) =>
		step.run('tell', async () => {
			const { at, ...account } = readIds(event.data, 'signIn')
			const login = await buildLogin(context, { account, at: new Date(at) })
			if (login !== null) await context.bridge.send(login)
			return { sent: login !== null }
		}),
)
