import {crossAppContext, inngest, triggers} from '../host'
import {inTransaction} from '../in-transaction'
import {reviseSeats} from '../syncs/revise-seats'
import {reviseSyncs} from '../syncs/revise-syncs'
import {alertOnFailure} from './alert-on-failure'
import {inAppId} from './in-app-id'
import {sendPurchases} from './send-purchases'

/** A fact about a purchase changed (refund, dispute, hold, transfer): tells AI Hero what it entitles to now. */
export const emitRevocation = inngest.createFunction(
  {id: 'emit-revocation', name: 'Emit revocation', retries: 6, onFailure: alertOnFailure},
  [{event: triggers.purchaseRefunded}, {event: 'purchase/facts-changed'}],
  async ({event}) => {
    const purchaseId = inAppId(event.data, 'purchaseId')
    await inTransaction(crossAppContext, (tx) =>
      reviseSyncs({...crossAppContext, tx}, {purchaseId, actor: 'system'}),
    )
    const seats = await reviseSeats(crossAppContext, {purchaseId, actor: 'system'})
    return sendPurchases([purchaseId, ...seats])
  },
)
