import type { LessonPage } from './course-types'
import { toCourse, toLessonSummary } from './describe-course'
import { readCatalogueCourse } from './read-catalogue'
import { readViewerAccess } from './read-viewer-access'

/** One lesson for a viewer. Its text is in the answer only when the course is open for them; null when there is no such lesson. */
export async function readLesson(input: {
	courseSlug: string
	lessonSlug: string
	userId: string | null
}): Promise<LessonPage | null> {
	const [found, viewer] = await Promise.all([readCatalogueCourse(input.courseSlug), readViewerAccess(input)])
	const lesson = found?.lessons.find((candidate) => candidate.slug === input.lessonSlug)
	if (found === null || lesson === undefined) return null
	const course = toCourse(found, viewer)
	const summary = toLessonSummary(lesson)
	return course.lock === null
		? { kind: 'open', course, lesson: { ...summary, body: lesson.body } }
		: { kind: 'locked', course, lesson: summary, lock: course.lock }
}
