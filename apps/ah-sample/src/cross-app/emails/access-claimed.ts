import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'
import { nameCourses } from './name-courses'

/** Linking the accounts opened what had waited. */
export function accessClaimed({ courses, profileHref }: DataOf<'access-claimed'>): EmailBody {
	const { titles, are, one } = nameCourses(courses.map((course) => course.title))
	return {
		subject: `${titles} ${are} open on AI Hero now`,
		preview: 'Your accounts are linked, and your bundle is open.',
		heading: 'Your bundle is open',
		paragraphs: [
			`Your accounts are linked, and ${one ? 'the course' : 'the courses'} that waited for you ${are} open:`,
		],
		courses,
		action: { label: 'My courses', href: profileHref },
		notes: [],
	}
}
