import { inngest } from '../host'
import { alertOnFailure } from './alert-on-failure'
import { applyAndAnswer } from './apply-and-answer'

/** `bundle/purchased`: opens the course for a linked buyer, or keeps it until they link (spec 001, "Bundle Purchase"). */
export const handleBundlePurchase = inngest.createFunction(
	{ id: 'handle-bundle-purchase', retries: 10, onFailure: alertOnFailure },
	{ event: 'bundle/purchased' },
	(run) => applyAndAnswer('bundle/purchased', run),
)
