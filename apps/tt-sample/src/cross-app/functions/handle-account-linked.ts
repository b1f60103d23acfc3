import {crossAppContext, inngest} from '../host'
import {alertOnFailure} from './alert-on-failure'
import {applyToldLink} from './apply-told-link'
import {openEvent} from './open-event'

/** Two accounts were linked on AI Hero: mirrors it, or asks for its undoing when this app can't accept it. */
export const handleAccountLinked = inngest.createFunction(
  {id: 'handle-account-linked', name: 'Handle account linked', retries: 6, onFailure: alertOnFailure},
  {event: 'account/linked'},
  async ({event}) => {
    const {name, data} = await openEvent(crossAppContext, 'account/linked', event)
    return applyToldLink(crossAppContext, {name, data})
  },
)
