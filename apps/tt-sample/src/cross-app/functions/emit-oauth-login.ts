import {crossAppContext, inngest, triggers} from '../host'
import {tellLogin} from '../links/tell-login'
import {tellLoginsOfBuyer} from '../links/tell-logins-of-buyer'
import {inAppId} from './in-app-id'

/**
 * Someone signed in through a provider, or bought while signed in: tells AI Hero which sign-in accounts they hold, so
 * that the same person there is linked by itself.
 */
export const emitOauthLogin = inngest.createFunction(
  // Nobody is alerted when this fails: the next sign-in tells it again.
  {id: 'emit-oauth-login', name: 'Emit OAuth login', retries: 3},
  [{event: 'user/signed-in'}, {event: triggers.purchaseCreated}],
  async ({event}) => {
    if (event.name === 'user/signed-in') {
      const login = {
        userId: inAppId(event.data, 'userId'),
        provider: inAppId(event.data, 'provider'),
        providerAccountId: inAppId(event.data, 'providerAccountId'),
      }
      return {told: [await tellLogin(crossAppContext, {...login, reason: 'signed-in'})]}
    }
    return {told: await tellLoginsOfBuyer(crossAppContext, {purchaseId: inAppId(event.data, 'purchaseId')})}
  },
)
