import type {CoursePageView, LessonPageView} from '../components/views'
import type {Database} from '../cross-app'
import {lessonsOf} from './content'
import {decideCourseAccess} from './decide-course-access'

/** A course's page; null when there is no such course. Lesson titles are public, their text isn't. */
export async function getCoursePage(
  {db}: {db: Database},
  {slug, userId}: {slug: string; userId: string | null},
): Promise<CoursePageView | null> {
  const page = await db.contentPage.findUnique({where: {slug}})
  if (page === null || page.kind !== 'course') return null
  return {
    slug: page.slug,
    title: page.title,
    summary: page.tagline,
    lessons: lessonsOf(page).map((lesson) => ({
      slug: lesson.slug,
      title: lesson.title,
      summary: `${lesson.minutes} minutes`,
    })),
    access: await decideCourseAccess(db, page, userId),
  }
}

/** One lesson; its text is part of the answer only when this viewer may watch the course. */
export async function getLessonPage(
  {db}: {db: Database},
  {courseSlug, lessonSlug, userId}: {courseSlug: string; lessonSlug: string; userId: string | null},
): Promise<LessonPageView | null> {
  const page = await db.contentPage.findUnique({where: {slug: courseSlug}})
  if (page === null || page.kind !== 'course') return null
  const lessons = lessonsOf(page)
  const index = lessons.findIndex((lesson) => lesson.slug === lessonSlug)
  const lesson = lessons[index]
  if (lesson === undefined) return null
  const access = await decideCourseAccess(db, page, userId)
  const near = (offset: number) => {
    const other = lessons[index + offset]
    return other === undefined ? null : {slug: other.slug, title: other.title}
  }
  return {
    course: {slug: page.slug, title: page.title},
    lesson: access.open ? {slug: lesson.slug, title: lesson.title, body: lesson.body} : null,
    access,
    position: index + 1,
    total: lessons.length,
    previous: near(-1),
    next: near(1),
  }
}
