import {crossAppContext, inngest, triggers} from '../host'
import {inTransaction} from '../in-transaction'
import {recordPurchaseSyncs} from '../syncs/record-purchase-syncs'
import {revisePurchasesOfUser} from '../syncs/revise-purchases-of-user'
import {alertOnFailure} from './alert-on-failure'
import {inAppId} from './in-app-id'
import {sendPurchases} from './send-purchases'

/**
 * A purchase was made, or its owner confirmed their address: tells AI Hero. Writes the syncs first where the host's
 * checkout did not (idempotent where it did).
 */
export const emitBundlePurchase = inngest.createFunction(
  {id: 'emit-bundle-purchase', name: 'Emit bundle purchase', retries: 6, onFailure: alertOnFailure},
  [{event: triggers.purchaseCreated}, {event: 'user/email-verified'}],
  async ({event}) => {
    if (event.name === 'user/email-verified') {
      const userId = inAppId(event.data, 'userId')
      return sendPurchases(await revisePurchasesOfUser(crossAppContext, {userId, actor: `user:${userId}`}))
    }
    const purchaseId = inAppId(event.data, 'purchaseId')
    // This checkout wrote them with the purchase; the real platform's does not know about them.
    if ((await crossAppContext.db.crossAppSync.count({where: {purchaseId}})) === 0) {
      await inTransaction(crossAppContext, (tx) =>
        recordPurchaseSyncs({...crossAppContext, tx}, {purchaseId, actor: 'system'}),
      )
    }
    return sendPurchases([purchaseId])
  },
)
