import {checkOauthAutolink} from './check-oauth-autolink'
import {emitBundlePurchase} from './emit-bundle-purchase'
import {emitLinkRelease} from './emit-link-release'
import {emitOauthLogin} from './emit-oauth-login'
import {emitRevocation} from './emit-revocation'
import {handleAccountLinked} from './handle-account-linked'
import {handleAccountUnlinked} from './handle-account-unlinked'
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
  handleAccountLinked,
  handleAccountUnlinked,
  emitLinkRelease,
  emitOauthLogin,
  checkOauthAutolink,
  reconcileSyncsEveryMinute,
  sendEmail,
]
