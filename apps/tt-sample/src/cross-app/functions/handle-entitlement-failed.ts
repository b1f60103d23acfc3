import {crossAppContext, inngest} from '../host'
import {refuseSync} from '../syncs/refuse-sync'
import {alertOnFailure} from './alert-on-failure'
import {openEvent} from './open-event'

/** AI Hero refuses a revision for good, such as one for a product it doesn't have: stops sending it and tells people. */
export const handleEntitlementFailed = inngest.createFunction(
  {id: 'handle-entitlement-failed', name: 'Handle entitlement failed', retries: 6, onFailure: alertOnFailure},
  {event: 'entitlement/failed'},
  async ({event}) => {
    const {data} = await openEvent(crossAppContext, 'entitlement/failed', event)
    return {changed: await refuseSync(crossAppContext, {refusal: data})}
  },
)
