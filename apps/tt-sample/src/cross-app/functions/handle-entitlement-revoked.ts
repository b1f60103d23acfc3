import {crossAppContext, inngest} from '../host'
import {alertOnFailure} from './alert-on-failure'
import {applyGrantAnswer} from './apply-grant-answer'
import {openEvent} from './open-event'

/** The grant gives no access any more, for good or for now: mirrors it, and settles the sync if it is what was asked for. */
export const handleEntitlementRevoked = inngest.createFunction(
  {
    id: 'handle-entitlement-revoked',
    name: 'Handle entitlement revoked',
    retries: 6,
    onFailure: alertOnFailure,
  },
  {event: 'entitlement/revoked'},
  async ({event}) => {
    const {data} = await openEvent(crossAppContext, 'entitlement/revoked', event)
    return applyGrantAnswer(crossAppContext, data)
  },
)
