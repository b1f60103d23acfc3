import { asc, eq } from 'drizzle-orm'
import { describePurchase } from '@/commerce/describe-purchase'
import { db } from '@/db'
import { purchases } from '@/db/schema'
import type { MyCourse } from './course-types'
import { type CatalogueCourse, readCatalogue } from './read-catalogue'
import { readViewerAccess } from './read-viewer-access'

/**
 * "My courses": one row per course and way it came here, bought or from a bundle, open ones first and ended ones last.
 * A purchase that was refunded stays visible, with what became of it.
 */
export async function listMyCourses(input: { userId: string }): Promise<MyCourse[]> {
	const [courses, viewer, bought] = await Promise.all([
		readCatalogue(),
		readViewerAccess(input),
		db.select().from(purchases).where(eq(purchases.userId, input.userId)).orderBy(asc(purchases.createdAt)),
	])
	const rowOf = (course: CatalogueCourse, row: Pick<MyCourse, 'key' | 'source' | 'state'>): MyCourse => ({
		...row,
		courseSlug: course.slug,
		courseTitle: course.title,
		lessonCount: course.lessons.length,
		firstLessonSlug: course.lessons[0]?.slug ?? null,
		hasAccess: viewer.openContent.has(course.resourceId),
	})
	const rows = courses.flatMap((course) => [
		...bought
			.filter((purchase) => purchase.productId === course.productId && purchase.userId === input.userId)
			.map((purchase) =>
				rowOf(course, {
					key: `purchase:${purchase.id}`,
					source: { kind: 'bought-here', at: purchase.createdAt.toISOString() },
					state: describePurchase(purchase),
				}),
			),
		...viewer.grants
			.filter((grant) => grant.claimed && grant.productId === course.productId)
			.map((grant) =>
				rowOf(course, {
					key: `grant:${grant.grantId}`,
					source: { kind: 'bundle', bundleName: null, at: grant.since },
					state: grant.description,
				}),
			),
	])
	const order = ['ready', 'pending', 'attention', 'ended']
	return rows.sort((left, right) => order.indexOf(left.state.tone) - order.indexOf(right.state.tone))
}
