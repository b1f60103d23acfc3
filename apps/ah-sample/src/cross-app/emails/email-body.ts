/**
 * What a mail says, before it is drawn: the HTML part and the plain-text part are both made from this, so neither can
 * say more than the other. All addresses are absolute.
 *
 * Names and addresses of people are left out on purpose: a name is free text that a stranger may have chosen, and an
 * address may be somebody else's.
 */
export type EmailBody = {
	subject: string
	/** The line that a mailbox shows after the subject. */
	preview: string
	heading: string
	paragraphs: string[]
	/** Courses, each with its own way in; an entry without `href` is only named. */
	courses: { title: string; href: string | null }[]
	/** The one thing to do. */
	action: EmailLink | null
	/** Set apart at the end, in smaller type. */
	notes: { text: string; link?: EmailLink }[]
	/** Why the reader gets it, where that is not their account or a bundle. */
	footer?: string
}

export type EmailLink = { label: string; href: string }
