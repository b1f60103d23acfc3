import {crossAppContext, inngest} from '../host'
import {alertOnFailure} from './alert-on-failure'
import {applyGrantAnswer} from './apply-grant-answer'
import {openEvent} from './open-event'

/** The grant stands on AI Hero, active or waiting to be claimed: mirrors it, and settles the sync if it is what was asked for. */
export const handleEntitlementGranted = inngest.createFunction(
  {
    id: 'handle-entitlement-granted',
    name: 'Handle entitlement granted',
    retries: 6,
    onFailure: alertOnFailure,
  },
  {event: 'entitlement/granted'},
  async ({event}) => {
    const {data} = await openEvent(crossAppContext, 'entitlement/granted', event)
    return applyGrantAnswer(crossAppContext, data)
  },
)
