import { inngest } from '../host'
import { alertOnFailure } from './alert-on-failure'
import { applyAndAnswer } from './apply-and-answer'

/** `entitlement/revoke`: closes what the purchase opened, for good or for now (spec 001, "Refund"). */
export const handleRevocation = inngest.createFunction(
	{ id: 'handle-revocation', retries: 10, onFailure: alertOnFailure },
	{ event: 'entitlement/revoke' },
	(run) => applyAndAnswer('entitlement/revoke', run),
)
