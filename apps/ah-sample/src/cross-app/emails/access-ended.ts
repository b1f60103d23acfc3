import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'
import { nameCourses } from './name-courses'

/** Courses that were open have closed. */
export function accessEnded({ courseTitles, reason, purchaseId }: DataOf<'access-ended'>): EmailBody {
	const { titles, one } = nameCourses(courseTitles)
	return {
		subject: `${titles}: your access has ended`,
		preview: 'Access from your Total TypeScript bundle has ended. What you bought on AI Hero itself stays.',
		heading: one ? 'This course is closed now' : 'These courses are closed now',
		paragraphs: [`${causeOf(reason)}, so access from it has ended:`],
		courses: courseTitles.map((title) => ({ title, href: null })),
		action: null,
		notes: [
			{ text: 'What you bought on AI Hero itself is not touched.' },
			{
				text: `Did you not expect this? Write to Total TypeScript, who sold the bundle, and quote this purchase: ${purchaseId}`,
			},
		],
	}
}

function causeOf(reason: DataOf<'access-ended'>['reason']): string {
	switch (reason) {
		case 'refund':
			return 'Your bundle on Total TypeScript was refunded'
		case 'dispute':
			return 'The payment for your bundle was reversed by the bank'
		default:
			// A transfer has no reason of its own: the courses went to the new owner.
			return 'Your bundle on Total TypeScript no longer covers these courses for you'
	}
}
