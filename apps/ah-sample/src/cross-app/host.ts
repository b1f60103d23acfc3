import { createBridge } from '@cross-app/shared'
import { ensurePersonalOrganization } from '@/access/ensure-personal-organization'
import { readCourseLinks } from '@/access/read-course-links'
import { readProductContent } from '@/access/read-product-content'
import { db } from '@/db'
import { isRetryable, isUniqueViolation } from '@/db/errors'
import { sendEmail } from '@/server/email'
import { env } from '@/server/env'
import { inngest } from '@/server/inngest'
import { log } from '@/server/log'
import { isSameOrigin } from '@/server/same-origin'
import { totalTypeScriptLinkUrl } from '@/server/total-typescript-urls'
import { raiseAlert } from './audit/raise-alert'
import type { AuditEntry } from './audit/record-audit'
import type { MailContext } from './context'
import { createTransact } from './database/transact'
import type { PeerContext } from './peer/read-peer'

/**
 * The way out: the one file of this folder that imports the app. To lift the folder into another app, write this file
 * anew. Only `functions/`, `routes/` and `index.ts` import it; verbs get what they need as an argument.
 *
 * Never auth: routes get the session as an argument, because the real app's Inngest client and auth import each other.
 */
export { db, env, inngest, isRetryable, isSameOrigin, isUniqueViolation, log }

/** This app's end of the bridge to the other one. */
export const bridge = createBridge({
	self: 'ai-hero',
	peer: 'total-typescript',
	environment: env.CROSS_APP_ENVIRONMENT,
	secrets: {
		current: env.CROSS_APP_SECRET,
		next: env.CROSS_APP_SECRET_NEXT,
		previous: env.CROSS_APP_SECRET_PREVIOUS,
	},
	eventApi: { baseUrl: env.TT_INNGEST_BASE_URL, eventKey: env.TT_INNGEST_EVENT_KEY },
})

/** The in-app events this folder listens to; the real app has other names. */
export const triggers = {
	accountLinked: 'account/linked',
	accountUnlinked: 'account/unlinked',
	signedIn: 'user/signed-in',
	emailRequested: 'email/requested',
} as const

/** Everything a verb may need. */
export const context: MailContext & PeerContext = {
	db,
	transact: createTransact({ db, isRetryable }),
	host: { readProductContent, ensurePersonalOrganization },
	log,
	isUniqueViolation,
	bridge,
	async sendInApp(event) {
		await inngest.send(event)
	},
	sendEmail,
	// Loaded when a mail is written: every page loads this file, and what renders mails is heavy.
	async renderEmail(content) {
		const { renderEmail } = await import('./emails/render-email')
		return renderEmail(content)
	},
	readCourseLinks,
	appUrl: (path) => `${env.AUTH_URL}${path}`,
	// Read at its use: the variables are checked then, not while this file is loaded.
	get peerApiUrl() {
		return env.TT_API_URL ?? env.TT_URL
	},
}

/** Where the seller starts a link, for who is signed in there. */
export const sellerLinkUrl = totalTypeScriptLinkUrl

/** Tells people: an audit row `alert.*` and an error line. */
export function alert(entry: AuditEntry): Promise<void> {
	return raiseAlert(context, db, entry)
}
