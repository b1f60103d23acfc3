import {crossAppContext, inngest} from '../host'
import {answerLogin} from '../links/answer-login'
import {openEvent} from './open-event'

/** Someone signed in on AI Hero through a provider: answers when a user here holds the same account. AI Hero links. */
export const checkOauthAutolink = inngest.createFunction(
  // Nobody is alerted when this fails: the next sign-in there tells it again.
  {id: 'check-oauth-autolink', name: 'Check OAuth autolink', retries: 3},
  {event: 'user/oauth-login'},
  async ({event}) => {
    const {data} = await openEvent(crossAppContext, 'user/oauth-login', event)
    return {told: await answerLogin(crossAppContext, {login: data})}
  },
)
