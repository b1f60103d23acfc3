import type { MyCourse } from '@/access/course-types'
import { GrantSource } from '@/cross-app/ui/grant-source'
import { AttentionMap } from './attention-map'
import { ButtonLink } from './button'
import { Card } from './card'
import { describeLessons } from './describe-lessons'

/** "My courses": each course with where it came from and how it stands. */
export function MyCourses({ courses, sellerName }: { courses: MyCourse[]; sellerName: string }) {
	if (courses.length === 0) {
		return (
			<Card className="flex flex-col items-start gap-4 p-6 sm:p-8">
				<p className="font-semibold text-lg">No courses yet</p>
				<p className="max-w-prose text-muted-foreground">
					What you buy here shows up at once. A course from a {sellerName} bundle shows up by itself, once
					your two accounts are linked.
				</p>
				<ButtonLink href="/#courses" look="secondary">
					Look at the courses
				</ButtonLink>
			</Card>
		)
	}
	return (
		<ul className="flex flex-col gap-5">
			{courses.map((course) => (
				<li key={course.key}>
					<Card
						data-course={course.courseSlug}
						data-source={course.source.kind}
						className="grid gap-x-8 gap-y-5 p-6 sm:grid-cols-[auto_1fr] sm:p-7 lg:grid-cols-[auto_1fr_auto]"
					>
						<AttentionMap
							seed={course.courseSlug}
							size={9}
							className={`w-24 max-sm:hidden ${opensCourse(course) ? '' : 'opacity-40 grayscale'}`}
						/>
						<div className="flex min-w-0 flex-col gap-3">
							<div>
								<h3 className="text-xl">{course.courseTitle}</h3>
								<p className="text-muted-foreground text-xs">{describeLessons(course.lessonCount)}</p>
							</div>
							<GrantSource source={course.source} state={course.state} sellerName={sellerName} />
						</div>
						<div className="flex items-center sm:col-start-2 lg:col-start-auto">
							<CourseLink course={course} />
						</div>
					</Card>
				</li>
			))}
		</ul>
	)
}

/** A course may be open by another way than this row's, which has a row of its own. */
function opensCourse(course: MyCourse): boolean {
	return course.hasAccess && course.state.tone === 'ready'
}

function CourseLink({ course }: { course: MyCourse }) {
	if (!opensCourse(course) || course.firstLessonSlug === null) {
		return (
			<ButtonLink href={`/courses/${course.courseSlug}`} look="secondary" className="max-sm:w-full">
				Course page
				<span className="sr-only">: {course.courseTitle}</span>
			</ButtonLink>
		)
	}
	return (
		<ButtonLink href={`/courses/${course.courseSlug}/${course.firstLessonSlug}`} className="max-sm:w-full">
			Start learning
			<span className="sr-only">: {course.courseTitle}</span>
		</ButtonLink>
	)
}
