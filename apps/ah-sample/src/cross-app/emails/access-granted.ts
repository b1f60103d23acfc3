import type { DataOf } from './data-of'
import type { EmailBody } from './email-body'
import { nameCourses } from './name-courses'

/** Courses of a bundle have opened by themselves. */
export function accessGranted({ courses, profileHref }: DataOf<'access-granted'>): EmailBody {
	const { titles, are, one } = nameCourses(courses.map((course) => course.title))
	return {
		subject: `${titles} ${are} open on AI Hero`,
		preview: 'Part of your bundle from Total TypeScript. There is nothing left to do.',
		heading: one ? 'Your course is open' : 'Your courses are open',
		paragraphs: [
			`Thank you for buying a bundle on Total TypeScript. Your accounts are linked, so its ${one ? 'course' : 'courses'} on AI Hero opened by ${one ? 'itself' : 'themselves'}.`,
		],
		courses,
		action: { label: 'My courses', href: profileHref },
		notes: [],
	}
}
