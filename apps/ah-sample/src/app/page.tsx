import { listCourses } from '@/access/list-courses'
import { AttentionMap } from '@/components/attention-map'
import { ButtonLink } from '@/components/button'
import { CourseCard } from '@/components/course-card'
import { getViewer } from '@/server/auth'

export default async function HomePage() {
	const viewer = await getViewer()
	const userId = viewer?.id ?? null
	const courses = await listCourses({ userId })
	return (
		<>
			<section className="relative overflow-hidden border-border border-b">
				<div
					aria-hidden="true"
					className="pointer-events-none absolute inset-0 bg-[radial-gradient(60%_90%_at_88%_100%,var(--glow),transparent)]"
				/>
				<div className="page relative grid items-end gap-12 pt-16 sm:pt-24 lg:grid-cols-[1fr_20rem]">
					<div className="flex flex-col items-start gap-7 pb-16 sm:pb-24">
						<h1 className="text-4xl">
							Build with AI.
							<br />
							<span className="text-primary-text">Know why it works.</span>
						</h1>
						<p className="max-w-xl text-lg text-muted-foreground">
							Short, practical courses for TypeScript engineers: from the first token to evals you can trust.
						</p>
						<div className="flex flex-wrap gap-4">
							<ButtonLink href="#courses">See the courses</ButtonLink>
							{userId === null ? (
								<ButtonLink href="/sign-in" look="secondary">
									I have a course already
								</ButtonLink>
							) : (
								<ButtonLink href="/profile" look="secondary">
									My courses
								</ButtonLink>
							)}
						</div>
					</div>
					<AttentionMap seed="ai-hero" size={14} className="w-full max-lg:hidden" />
				</div>
			</section>
			<section
				id="courses"
				aria-labelledby="courses-title"
				className="page flex flex-col gap-8 py-16 sm:py-20"
			>
				<h2 id="courses-title" className="text-2xl">
					Courses
				</h2>
				{courses.length === 0 ? (
					<p className="text-muted-foreground">There are no courses yet. Please come back soon.</p>
				) : (
					<ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
						{courses.map((course) => (
							<li key={course.slug} className="grid">
								<CourseCard course={course} />
							</li>
						))}
					</ul>
				)}
			</section>
		</>
	)
}
