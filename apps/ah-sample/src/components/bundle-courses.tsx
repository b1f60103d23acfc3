import type { MyCourse } from '@/access/course-types'
import { MyCourses } from './my-courses'

/** What came with a bundle, under a heading of its own; nothing while nothing has. */
export function BundleCourses({ courses, sellerName }: { courses: MyCourse[]; sellerName: string }) {
	if (courses.length === 0) return null
	return (
		<section aria-labelledby="bundle-title" className="flex flex-col gap-6">
			<h2 id="bundle-title" className="text-2xl">
				{courses.length === 1 ? 'Your course' : 'Your courses'}
			</h2>
			<MyCourses courses={courses} sellerName={sellerName} />
		</section>
	)
}
