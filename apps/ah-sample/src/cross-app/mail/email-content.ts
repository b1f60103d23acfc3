import type { AccountUnlinked, LinkMethod } from '@cross-app/shared'

/** A course that a mail names; the address is absolute and leads straight to its first lesson. */
export type EmailCourse = { title: string; href: string }

/**
 * What each mail says, read when it is sent. All addresses are absolute; times are ISO 8601, UTC. Nobody's name or email
 * address is in it: a name is free text, and the address may be a stranger's. `emails/` makes a subject, HTML and plain text of it.
 */
export type EmailContent =
	/** The bundle opened these courses without anything left to do. */
	| { template: 'access-granted'; data: { courses: EmailCourse[]; profileHref: string } }
	/** To the proven owner of a purchase who has no link yet: `linkHref` is where they can link. */
	| { template: 'access-pending'; data: { courseTitles: string[]; linkHref: string } }
	/** A link opened what had been waiting. */
	| { template: 'access-claimed'; data: { courses: EmailCourse[]; profileHref: string } }
	/** `purchaseId` is what to quote to support. */
	| {
			template: 'access-ended'
			data: {
				courseTitles: string[]
				reason: 'refund' | 'dispute' | 'hold' | null
				purchaseId: string
			}
	  }
	| {
			template: 'account-linked'
			data: {
				method: LinkMethod
				linkedAt: string
				profileHref: string
				/** "This wasn't me": good for seven days. */
				notMeHref: string
			}
	  }
	/** `released`: the courses that the link had opened are closed too; else they stay open. */
	| {
			template: 'account-unlinked'
			data: {
				by: AccountUnlinked['by']
				unlinkedAt: string
				released: boolean
				profileHref: string
				linkHref: string
			}
	  }

export type EmailTemplate = EmailContent['template']

export type RenderedEmail = { subject: string; html: string; text: string }
