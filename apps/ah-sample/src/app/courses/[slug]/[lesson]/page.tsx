import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { readLesson } from '@/access/read-lesson'
import { CourseLockPanel } from '@/components/course-lock-panel'
import { formatMinutes } from '@/components/format-minutes'
import { LessonBody } from '@/components/lesson-body'
import { LessonList } from '@/components/lesson-list'
import { LessonSteps } from '@/components/lesson-steps'
import { LiveNote } from '@/components/live-note'
import { lockMayStillChange } from '@/components/may-still-change'
import { getViewer } from '@/server/auth'
import { totalTypeScriptBundleUrl } from '@/server/total-typescript-urls'

interface LessonPageProps {
	params: Promise<{ slug: string; lesson: string }>
}

/** Once per request: the title and the page ask for the same lesson. */
const lessonForViewer = cache(async (courseSlug: string, lessonSlug: string) => {
	const viewer = await getViewer()
	return readLesson({ courseSlug, lessonSlug, userId: viewer?.id ?? null })
})

export async function generateMetadata({ params }: LessonPageProps): Promise<Metadata> {
	const { slug, lesson } = await params
	const page = await lessonForViewer(slug, lesson)
	return page === null ? {} : { title: `${page.lesson.title} · ${page.course.title}` }
}

export default async function LessonPage({ params }: LessonPageProps) {
	const { slug, lesson: lessonSlug } = await params
	const page = await lessonForViewer(slug, lessonSlug)
	if (page === null) notFound()
	const { course, lesson } = page
	const position = course.lessons.findIndex((candidate) => candidate.slug === lesson.slug)
	return (
		<div className="page grid items-start gap-x-14 gap-y-14 py-10 sm:py-14 lg:grid-cols-[1fr_20rem]">
			<article data-access={page.kind} className="flex min-w-0 flex-col gap-9">
				<header className="flex flex-col items-start gap-4">
					<Link
						href={`/courses/${course.slug}`}
						className="text-link inline-flex min-h-11 items-center text-sm"
					>
						{course.title}
					</Link>
					<h1 className="max-w-reading text-3xl">{lesson.title}</h1>
					<p className="text-muted-foreground text-sm">
						Lesson {position + 1} of {course.lessons.length} · {formatMinutes(lesson.minutes)}
					</p>
				</header>
				{page.kind === 'open' ? (
					<>
						<LessonBody paragraphs={page.lesson.body} />
						<LessonSteps
							courseSlug={course.slug}
							previous={course.lessons[position - 1] ?? null}
							next={course.lessons[position + 1] ?? null}
						/>
					</>
				) : (
					<div className="max-w-reading">
						<CourseLockPanel
							course={course}
							lock={page.lock}
							returnPath={`/courses/${course.slug}/${lesson.slug}`}
							bundleHref={totalTypeScriptBundleUrl()}
						/>
					</div>
				)}
				<LiveNote active={lockMayStillChange(course.lock)} />
			</article>
			<aside aria-label="Lessons of this course">
				<LessonList
					courseSlug={course.slug}
					lessons={course.lessons}
					locked={page.kind === 'locked'}
					currentSlug={lesson.slug}
				/>
			</aside>
		</div>
	)
}
