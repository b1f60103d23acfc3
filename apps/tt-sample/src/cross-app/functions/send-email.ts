import {crossAppContext, inngest} from '../host'
import {deliverEmail} from '../outbox/deliver-email'
import {alertOnFailure} from './alert-on-failure'
import {inAppId} from './in-app-id'

/** Hands one queued mail to the provider; tried again while the provider is down (case 35). */
export const sendEmail = inngest.createFunction(
  {id: 'send-email', name: 'Send email', retries: 10, onFailure: alertOnFailure, concurrency: {limit: 5}},
  {event: 'email/requested'},
  async ({event}) => ({
    outcome: await deliverEmail(crossAppContext, {outboxId: inAppId(event.data, 'outboxId')}),
  }),
)
