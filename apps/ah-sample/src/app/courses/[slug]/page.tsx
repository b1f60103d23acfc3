import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Course } from '@/access/course-types'
import { readCourse } from '@/access/read-course'
import { AttentionMap } from '@/components/attention-map'
import { Badge } from '@/components/badge'
import { ButtonLink } from '@/components/button'
import { Card } from '@/components/card'
import { CourseLockPanel } from '@/components/course-lock-panel'
import { describeLessons } from '@/components/describe-lessons'
import { LessonList } from '@/components/lesson-list'
import { LiveNote } from '@/components/live-note'
import { lockMayStillChange } from '@/components/may-still-change'
import { Notice } from '@/components/notice'
import { getViewer } from '@/server/auth'
import { totalTypeScriptBundleUrl } from '@/server/total-typescript-urls'

interface CoursePageProps {
	params: Promise<{ slug: string }>
	searchParams: Promise<{ checkout?: string | string[] }>
}

/** Once per request: the title and the page ask for the same course. */
const courseForViewer = cache(async (slug: string) => {
	const viewer = await getViewer()
	return readCourse({ slug, userId: viewer?.id ?? null })
})

export async function generateMetadata({ params }: CoursePageProps): Promise<Metadata> {
	const course = await courseForViewer((await params).slug)
	return course === null ? {} : { title: course.title, description: course.tagline }
}

export default async function CoursePage({ params, searchParams }: CoursePageProps) {
	const course = await courseForViewer((await params).slug)
	if (course === null) notFound()
	const { checkout } = await searchParams
	return (
		<div className="page flex flex-col gap-10 py-12 sm:py-16">
			<CheckoutNotice checkout={checkout} />
			<div className="grid items-start gap-x-14 gap-y-10 lg:grid-cols-[1fr_22rem] lg:grid-rows-[auto_1fr]">
				<header className="flex min-w-0 flex-col items-start gap-5">
					<p className="text-muted-foreground text-sm">
						{describeLessons(course.lessonCount, course.minutes)}
					</p>
					<h1 className="text-3xl">{course.title}</h1>
					<p className="text-lg text-primary-text">{course.tagline}</p>
					<p className="max-w-reading text-muted-foreground">{course.description}</p>
				</header>
				<aside aria-label="Your access" className="flex flex-col gap-5 lg:row-span-2">
					<AttentionMap seed={course.slug} size={9} className="w-44 max-lg:hidden" />
					<CourseAccess course={course} />
					<LiveNote active={lockMayStillChange(course.lock)} />
				</aside>
				<section aria-labelledby="lessons-title" className="flex min-w-0 flex-col gap-5">
					<h2 id="lessons-title" className="text-xl">
						Lessons
					</h2>
					<LessonList courseSlug={course.slug} lessons={course.lessons} locked={course.lock !== null} />
				</section>
			</div>
		</div>
	)
}

function CourseAccess({ course }: { course: Course }) {
	if (course.lock !== null) {
		return (
			<CourseLockPanel
				course={course}
				lock={course.lock}
				returnPath={`/courses/${course.slug}`}
				bundleHref={totalTypeScriptBundleUrl()}
			/>
		)
	}
	const firstLesson = course.lessons[0]
	return (
		<Card className="flex flex-col items-start gap-5 p-6 sm:p-8">
			<Badge look="owned">Yours</Badge>
			<p className="font-semibold text-lg">Every lesson is open to you.</p>
			{firstLesson === undefined ? null : (
				<ButtonLink href={`/courses/${course.slug}/${firstLesson.slug}`} className="w-full">
					Start learning
				</ButtonLink>
			)}
		</Card>
	)
}

function CheckoutNotice({ checkout }: { checkout: string | string[] | undefined }) {
	if (checkout === 'cancelled') return <Notice>Checkout was cancelled. Nothing was charged.</Notice>
	if (checkout === 'owned') return <Notice>You have this course already. Nothing was charged.</Notice>
	if (checkout === 'failed') {
		return (
			<Notice tone="problem">
				The checkout could not be opened. Nothing was charged; please try again in a minute.
			</Notice>
		)
	}
	return null
}
