import type { CourseSummary } from './course-types'
import { toCourseSummary } from './describe-course'
import { readCatalogue } from './read-catalogue'
import { readViewerAccess } from './read-viewer-access'

/** The catalogue for a viewer; nobody signed in has access to nothing. */
export async function listCourses(input: { userId: string | null }): Promise<CourseSummary[]> {
	const [courses, viewer] = await Promise.all([readCatalogue(), readViewerAccess(input)])
	return courses.map((course) => toCourseSummary(course, viewer))
}
