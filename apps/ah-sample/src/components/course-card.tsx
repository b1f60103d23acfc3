import Link from 'next/link'
import type { CourseSummary } from '@/access/course-types'
import { AttentionMap } from './attention-map'
import { Badge } from './badge'
import { Card } from './card'
import { describeLessons } from './describe-lessons'
import { formatMoney } from './format-money'
import { OpeningNote } from './opening-note'

/** A course in the catalogue. The whole card is its link. */
export function CourseCard({ course }: { course: CourseSummary }) {
	return (
		<Card className="group relative flex flex-col overflow-hidden hover:border-primary">
			<div className="flex items-end justify-between gap-4 border-border border-b bg-muted px-6 pt-6">
				<AttentionMap seed={course.slug} size={9} className="w-32" />
				<p className="self-start">
					{course.hasAccess ? (
						<Badge look="owned">Yours</Badge>
					) : (
						<Badge>
							{course.price === null
								? 'In a bundle'
								: formatMoney(course.price.amount, course.price.currency)}
						</Badge>
					)}
				</p>
			</div>
			<div className="flex grow flex-col gap-3 p-6">
				<h3 className="text-xl">
					<Link
						href={`/courses/${course.slug}`}
						className="after:absolute after:inset-0 after:rounded-lg focus-visible:shadow-none focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-ring focus-visible:after:-outline-offset-3 group-hover:text-primary-text"
					>
						<OpeningNote>{course.title}</OpeningNote>
					</Link>
				</h3>
				<p className="grow text-muted-foreground">{course.tagline}</p>
				<p className="text-muted-foreground text-xs">{describeLessons(course.lessonCount, course.minutes)}</p>
			</div>
		</Card>
	)
}
