import { checkOauthAutolink } from './check-oauth-autolink'
import { claimPendingEntitlements } from './claim-pending-entitlements'
import { emitAccountUnlinked } from './emit-account-unlinked'
import { emitOauthLogin } from './emit-oauth-login'
import { handleBundlePurchase } from './handle-bundle-purchase'
import { handleRevocation } from './handle-revocation'
import { handleUnlinkRequest } from './handle-unlink-request'
import { sendEmail } from './send-email'
import { sweepOutbox } from './sweep-outbox'

/** Every function to be registered with Inngest. */
export const crossAppFunctions = [
	handleBundlePurchase,
	handleRevocation,
	claimPendingEntitlements,
	emitAccountUnlinked,
	handleUnlinkRequest,
	emitOauthLogin,
	checkOauthAutolink,
	sendEmail,
	sweepOutbox,
]
