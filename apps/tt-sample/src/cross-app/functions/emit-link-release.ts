import {crossAppContext, inngest} from '../host'
import {tellRelease} from '../links/tell-release'
import {alertOnFailure} from './alert-on-failure'
import {inAppId} from './in-app-id'

/** "This wasn't me" about a link that a newer one has followed: asks AI Hero to free what the older one claimed. */
export const emitLinkRelease = inngest.createFunction(
  {id: 'emit-link-release', name: 'Emit link release', retries: 10, onFailure: alertOnFailure},
  {event: 'account/release-requested'},
  async ({event}) => {
    const userId = inAppId(event.data, 'userId')
    const linkRevision = Number(inAppId(event.data, 'linkRevision'))
    return {told: await tellRelease(crossAppContext, {userId, linkRevision})}
  },
)
