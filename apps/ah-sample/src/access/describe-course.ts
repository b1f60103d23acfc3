import type { GrantOfUser } from '@/cross-app'
import type { Course, CourseLock, CourseSummary, LessonSummary } from './course-types'
import type { CatalogueCourse } from './read-catalogue'

/** What this viewer is entitled to, read once per page. */
export type ViewerAccess = { userId: string | null; openContent: Set<string>; grants: GrantOfUser[] }

export function toCourseSummary(course: CatalogueCourse, viewer: ViewerAccess): CourseSummary {
	return {
		slug: course.slug,
		title: course.title,
		tagline: course.tagline,
		lessonCount: course.lessons.length,
		minutes: course.lessons.reduce((sum, lesson) => sum + lesson.minutes, 0),
		hasAccess: viewer.openContent.has(course.resourceId),
		productId: course.productId,
		price: course.price,
	}
}

export function toCourse(course: CatalogueCourse, viewer: ViewerAccess): Course {
	return {
		...toCourseSummary(course, viewer),
		description: course.description,
		lessons: course.lessons.map(toLessonSummary),
		lock: lockOf(course, viewer),
	}
}

export function toLessonSummary(lesson: CatalogueCourse['lessons'][number]): LessonSummary {
	return { slug: lesson.slug, title: lesson.title, minutes: lesson.minutes }
}

const MOST_HELPFUL_FIRST = ['suspended', 'pending', 'revoked']

/** Entitlements alone decide whether it is open; grants only explain why it is not. */
function lockOf(course: CatalogueCourse, viewer: ViewerAccess): CourseLock | null {
	if (viewer.openContent.has(course.resourceId)) return null
	if (viewer.userId === null) return { reason: 'signed-out' }
	const [grant] = viewer.grants
		.filter((candidate) => candidate.productId === course.productId && candidate.status !== 'active')
		.sort((left, right) => MOST_HELPFUL_FIRST.indexOf(left.status) - MOST_HELPFUL_FIRST.indexOf(right.status))
	return grant === undefined ? { reason: 'not-owned' } : { reason: 'grant', grant: grant.description }
}
