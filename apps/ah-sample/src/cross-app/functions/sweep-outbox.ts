import { context, inngest } from '../host'
import { sweep } from '../outbox/sweep'
import { alertOnFailure } from './alert-on-failure'

/** Every minute: what could not be sent right after its commit. Also reachable by HTTP and from the command line. */
export const sweepOutbox = inngest.createFunction(
	{ id: 'sweep-outbox', retries: 1, onFailure: alertOnFailure },
	{ cron: '* * * * *' },
	({ step }) => step.run('sweep', () => sweep(context)),
)
