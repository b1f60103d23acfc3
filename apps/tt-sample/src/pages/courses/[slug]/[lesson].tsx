import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {getLessonPage} from '../../../access/read-course'
import {CourseClosed} from '../../../components/course-closed'
import {firstValue} from '../../../components/first-value'
import {Layout} from '../../../components/layout'
import {LessonText} from '../../../components/lesson-text'
import {PageTitle} from '../../../components/page-title'
import {TextLink} from '../../../components/text-link'
import type {LessonPageView, Viewer} from '../../../components/views'
import {getViewer} from '../../../server/auth'
import {hostContext} from '../../../server/host-context'

interface Props {
  viewer: Viewer | null
  page: LessonPageView
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, params}) => {
  const viewer = await getViewer(req, res)
  const page = await getLessonPage(hostContext, {
    courseSlug: firstValue(params?.slug),
    lessonSlug: firstValue(params?.lesson),
    userId: viewer?.id ?? null,
  })
  if (!page) return {notFound: true}
  return {props: {viewer, page}}
}

export default function LessonPage({viewer, page}: Props) {
  const {course, lesson, access} = page
  return (
    <Layout title={lesson?.title ?? course.title} viewer={viewer} width="reading">
      <p className="mb-8 text-sm">
        <TextLink href={`/courses/${course.slug}`}>{course.title}</TextLink>
      </p>
      {access.open && lesson ? (
        <article data-lesson={lesson.slug}>
          <PageTitle eyebrow={`lesson[${page.position} of ${page.total}]`} title={lesson.title} />
          <LessonText body={lesson.body} />
          <Neighbours page={page} />
        </article>
      ) : (
        <>
          <PageTitle eyebrow="lesson: never" title="This lesson is closed" />
          {!access.open && <CourseClosed access={access} />}
        </>
      )}
    </Layout>
  )
}

function Neighbours({page}: {page: LessonPageView}) {
  const {course, previous, next} = page
  return (
    <nav aria-label="Lessons" className="mt-16 grid gap-4 border-t border-rule pt-6 sm:grid-cols-2">
      {previous ? (
        <NeighbourLink
          href={`/courses/${course.slug}/${previous.slug}`}
          direction="Previous"
          title={previous.title}
        />
      ) : (
        <span className="hidden sm:block" />
      )}
      {next ? (
        <NeighbourLink href={`/courses/${course.slug}/${next.slug}`} direction="Next" title={next.title} />
      ) : (
        <NeighbourLink
          href={`/courses/${course.slug}`}
          direction="That was the last one"
          title="Back to the course"
        />
      )}
    </nav>
  )
}

function NeighbourLink({href, direction, title}: {href: string; direction: string; title: string}) {
  return (
    <Link
      href={href}
      className="block rounded-md border border-rule bg-sheet p-4 hover:border-blue sm:odd:text-left sm:even:text-right"
    >
      <span className="block font-mono text-xs text-ink-soft">{direction}</span>
      <span className="font-semibold">{title}</span>
    </Link>
  )
}
