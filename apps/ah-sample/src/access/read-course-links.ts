import { db } from '@/db'
import { readCatalogue } from './read-catalogue'
import { readProductContent } from './read-product-content'

/** A course by name, and the shortest way into it on this app: its first lesson when there is one. */
export type CourseLink = { productId: string; title: string; path: string }

/**
 * Names the courses of products, for mails and for pages that lead on, in the order of the catalogue. A product that is
 * no longer sold is named too and leads to the profile; an id that means nothing here is left out.
 */
export async function readCourseLinks(productIds: string[]): Promise<CourseLink[]> {
	if (productIds.length === 0) return []
	const catalogue = await readCatalogue()
	const listed = catalogue
		.filter((course) => productIds.includes(course.productId))
		.map((course) => ({
			productId: course.productId,
			title: course.title,
			path: [`/courses/${course.slug}`, course.lessons[0]?.slug].filter(Boolean).join('/'),
		}))
	const missing = [...new Set(productIds)].filter((id) => !listed.some(({ productId }) => productId === id))
	const retired = await Promise.all(
		missing.map(async (productId) => {
			const content = await readProductContent(db, productId)
			return content === null ? null : { productId, title: content.title, path: '/profile' }
		}),
	)
	return [...listed, ...retired.filter((link) => link !== null)]
}
