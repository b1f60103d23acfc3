import {crossAppContext, inngest} from '../host'
import {alertOnFailure} from './alert-on-failure'
import {applyToldLink} from './apply-told-link'
import {openEvent} from './open-event'

/** A link ended on AI Hero, or what it claimed was freed: mirrors it, and settles the request that asked for it. */
export const handleAccountUnlinked = inngest.createFunction(
  {id: 'handle-account-unlinked', name: 'Handle account unlinked', retries: 6, onFailure: alertOnFailure},
  {event: 'account/unlinked'},
  async ({event}) => {
    const {name, data} = await openEvent(crossAppContext, 'account/unlinked', event)
    return applyToldLink(crossAppContext, {name, data})
  },
)
