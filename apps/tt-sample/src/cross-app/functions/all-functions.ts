import {emitBundlePurchase} from './emit-bundle-purchase'
import {emitRevocation} from './emit-revocation'
import {handleEntitlementFailed} from './handle-entitlement-failed'
import {handleEntitlementGranted} from './handle-entitlement-granted'
import {handleEntitlementRevoked} from './handle-entitlement-revoked'
import {reconcileSyncsEveryMinute} from './reconcile-syncs'
import {sendEmail} from './send-email'

/** What the host registers with its Inngest. */
export const crossAppFunctions = [
  emitBundlePurchase,
  emitRevocation,
  handleEntitlementGranted,
  handleEntitlementRevoked,
  handleEntitlementFailed,
  reconcileSyncsEveryMinute,
  sendEmail,
]
