import type { Course } from './course-types'
import { toCourse } from './describe-course'
import { readCatalogueCourse } from './read-catalogue'
import { readViewerAccess } from './read-viewer-access'

/** One course for a viewer, with the reason when it is closed; null when there is none of that slug. */
export async function readCourse(input: { slug: string; userId: string | null }): Promise<Course | null> {
	const [course, viewer] = await Promise.all([readCatalogueCourse(input.slug), readViewerAccess(input)])
	return course === null ? null : toCourse(course, viewer)
}
