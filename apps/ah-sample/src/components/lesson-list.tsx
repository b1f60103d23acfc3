import Link from 'next/link'
import { formatMinutes } from './format-minutes'
import { OpeningNote } from './opening-note'

/** A lesson as its list shows it. */
export interface LessonListItem {
	slug: string
	title: string
	minutes: number
}

/** A course's lessons in order. Locked ones can be opened too: their page says what is missing. */
export function LessonList({
	courseSlug,
	lessons,
	locked,
	currentSlug,
}: {
	courseSlug: string
	lessons: LessonListItem[]
	locked: boolean
	currentSlug?: string
}) {
	if (lessons.length === 0) {
		return <p className="text-muted-foreground text-sm">The lessons of this course are not out yet.</p>
	}
	return (
		<ol className="divide-y divide-border overflow-hidden rounded-lg border border-border bg-card">
			{lessons.map((lesson, index) => {
				const current = lesson.slug === currentSlug
				return (
					<li key={lesson.slug}>
						<Link
							href={`/courses/${courseSlug}/${lesson.slug}`}
							aria-current={current ? 'page' : undefined}
							className="-outline-offset-4 flex min-h-14 items-baseline gap-4 px-5 py-3.5 hover:bg-secondary aria-[current=page]:bg-secondary"
						>
							<span
								aria-hidden="true"
								className={`w-6 shrink-0 font-mono text-xs tabular-nums ${current ? 'text-primary-text' : 'text-muted-foreground'}`}
							>
								{String(index + 1).padStart(2, '0')}
							</span>
							<span className={`min-w-0 grow ${current ? 'font-semibold' : ''}`}>{lesson.title}</span>
							<span className="shrink-0 whitespace-nowrap text-muted-foreground text-xs">
								<OpeningNote>
									{locked ? <LockSign /> : null}
									{formatMinutes(lesson.minutes)}
								</OpeningNote>
							</span>
						</Link>
					</li>
				)
			})}
		</ol>
	)
}

function LockSign() {
	return (
		<svg
			viewBox="0 0 16 16"
			role="img"
			aria-label="Locked."
			className="mr-2 inline-block size-4 align-[-0.15em]"
		>
			<rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
			<path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.75" />
		</svg>
	)
}
