import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {getCoursePage} from '../../../access/read-course'
import {CourseClosed} from '../../../components/course-closed'
import {EmptyState} from '../../../components/empty-state'
import {firstValue} from '../../../components/first-value'
import {Layout} from '../../../components/layout'
import {PageTitle, SectionTitle} from '../../../components/page-title'
import type {CoursePageView, Viewer} from '../../../components/views'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'

interface Props {
  viewer: Viewer | null
  course: CoursePageView
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, params}) => {
  const viewer = await getViewer(req, res)
  const course = await getCoursePage(hostContext, {
    slug: firstValue(params?.slug),
    userId: viewer?.id ?? null,
  })
  if (!course) return {notFound: true}
  return {props: {viewer, course}}
}

export default function CoursePage({viewer, course}: Props) {
  return (
    <Layout title={course.title} description={course.summary} viewer={viewer} width="reading">
      <PageTitle eyebrow={`import course from './${course.slug}'`} title={course.title}>
        <p>{course.summary}</p>
      </PageTitle>
      {!course.access.open && (
        <div className="mb-10">
          <CourseClosed access={course.access} />
        </div>
      )}
      <section aria-labelledby="lessons">
        <SectionTitle id="lessons">Lessons</SectionTitle>
        <Lessons course={course} />
      </section>
    </Layout>
  )
}

function Lessons({course}: {course: CoursePageView}) {
  if (course.lessons.length === 0) {
    return (
      <EmptyState title="No lessons yet">
        <p>This course has been announced and is still being written.</p>
      </EmptyState>
    )
  }
  return (
    <ol className="divide-y divide-rule border-y border-rule">
      {course.lessons.map((lesson, index) => (
        <li key={lesson.slug} className="relative flex gap-5 py-5">
          <span aria-hidden="true" className="pt-0.5 font-mono text-sm text-blue">
            {String(index + 1).padStart(2, '0')}
          </span>
          <div className="min-w-0 flex-1">
            <h3 className="text-lg font-semibold">
              {course.access.open ? (
                <Link
                  href={`/courses/${course.slug}/${lesson.slug}`}
                  className="decoration-2 underline-offset-4 after:absolute after:inset-0 hover:text-blue hover:underline"
                >
                  {lesson.title}
                </Link>
              ) : (
                <>
                  {lesson.title} <span className="font-mono text-xs font-normal text-ink-soft">closed</span>
                </>
              )}
            </h3>
            {lesson.summary && <p className="mt-1 text-sm text-ink-soft">{lesson.summary}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
