import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'
import { nameCourses } from './name-courses'

/** Courses of a bundle wait for their owner to link the accounts. */
export function accessPending({ courseTitles, linkHref }: DataOf<'access-pending'>): EmailBody {
	const { titles, are, one } = nameCourses(courseTitles)
	return {
		subject: `${titles} ${are} waiting for you on AI Hero`,
		preview: 'One step is left: link your Total TypeScript account with AI Hero.',
		heading: 'One step is left',
		paragraphs: ['You bought a bundle on Total TypeScript. Part of it is taught here, on AI Hero:'],
		courses: courseTitles.map((title) => ({ title, href: null })),
		action: { label: one ? 'Open my course' : 'Open my courses', href: linkHref },
		notes: [
			{
				text: 'You sign in to AI Hero, with any address you like, and link your two accounts. What the bundle has here opens at once, and so does whatever you buy there later.',
			},
			{ text: 'If you bought nothing, ignore this mail. Nothing opens without you.' },
		],
	}
}
