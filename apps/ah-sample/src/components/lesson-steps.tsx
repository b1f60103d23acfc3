import Link from 'next/link'
import type { LessonSummary } from '@/access/course-types'

/** The lesson before and the lesson after. */
export function LessonSteps({
	courseSlug,
	previous,
	next,
}: {
	courseSlug: string
	previous: LessonSummary | null
	next: LessonSummary | null
}) {
	if (previous === null && next === null) return null
	return (
		<nav
			aria-label="Lessons before and after"
			className="grid max-w-reading gap-4 border-border border-t pt-8 sm:grid-cols-2"
		>
			{previous === null ? null : (
				<Step href={`/courses/${courseSlug}/${previous.slug}`} label="← Before" title={previous.title} />
			)}
			{next === null ? null : (
				<Step
					href={`/courses/${courseSlug}/${next.slug}`}
					label="Next →"
					title={next.title}
					className="sm:col-start-2 sm:text-right"
				/>
			)}
		</nav>
	)
}

function Step({
	href,
	label,
	title,
	className = '',
}: {
	href: string
	label: string
	title: string
	className?: string
}) {
	return (
		<Link
			href={href}
			className={`flex flex-col gap-1 rounded-md border border-border px-5 py-4 hover:border-primary ${className}`}
		>
			<span className="text-primary-text text-xs">{label}</span>
			<span className="font-semibold text-sm">{title}</span>
		</Link>
	)
}
