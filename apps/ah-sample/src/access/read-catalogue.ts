import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db'
import { contentResourceProducts, contentResourceResources, contentResources, products } from '@/db/schema'

const productFields = z.object({
	priceInCents: z.number().int().nonnegative().nullish(),
	currency: z.string().default('usd'),
	stripePriceId: z.string().nullish(),
})
const courseFields = z.object({
	slug: z.string(),
	title: z.string(),
	tagline: z.string(),
	description: z.string(),
})
const lessonFields = z.object({
	slug: z.string(),
	title: z.string(),
	minutes: z.number(),
	body: z.array(z.string()),
})

export type CatalogueLesson = z.infer<typeof lessonFields> & { resourceId: string }
export type CatalogueCourse = z.infer<typeof courseFields> & {
	productId: string
	resourceId: string
	price: { amount: number; currency: string } | null
	stripePriceId: string | null
	lessons: CatalogueLesson[]
}

/** All courses with their lessons, in the order of the catalogue. One small shop: everything in three queries. */
export async function readCatalogue(): Promise<CatalogueCourse[]> {
	const rows = await db
		.select({ product: products, course: contentResources })
		.from(products)
		.innerJoin(contentResourceProducts, eq(contentResourceProducts.productId, products.id))
		.innerJoin(contentResources, eq(contentResources.id, contentResourceProducts.resourceId))
		.where(
			and(
				eq(products.status, 1),
				isNull(contentResourceProducts.deletedAt),
				isNull(contentResources.deletedAt),
			),
		)
		.orderBy(asc(contentResourceProducts.position), asc(products.id))
	const lessons = await readLessons(rows.map((row) => row.course.id))
	return rows.map(({ product, course }) => {
		const { priceInCents, currency, stripePriceId } = productFields.parse(product.fields ?? {})
		return {
			...courseFields.parse(course.fields),
			productId: product.id,
			resourceId: course.id,
			price: priceInCents == null ? null : { amount: priceInCents, currency },
			stripePriceId: stripePriceId ?? null,
			lessons: lessons.get(course.id) ?? [],
		}
	})
}

/** The course of a slug; compared here, since a column may ignore case. */
export async function readCatalogueCourse(slug: string): Promise<CatalogueCourse | null> {
	return (await readCatalogue()).find((course) => course.slug === slug) ?? null
}

async function readLessons(courseIds: string[]): Promise<Map<string, CatalogueLesson[]>> {
	const byCourse = new Map<string, CatalogueLesson[]>()
	if (courseIds.length === 0) return byCourse
	const rows = await db
		.select({ courseId: contentResourceResources.resourceOfId, lesson: contentResources })
		.from(contentResourceResources)
		.innerJoin(contentResources, eq(contentResources.id, contentResourceResources.resourceId))
		.where(
			and(
				inArray(contentResourceResources.resourceOfId, courseIds),
				eq(contentResources.type, 'lesson'),
				isNull(contentResourceResources.deletedAt),
				isNull(contentResources.deletedAt),
			),
		)
		.orderBy(asc(contentResourceResources.position), asc(contentResources.id))
	for (const { courseId, lesson } of rows) {
		const list = byCourse.get(courseId) ?? []
		list.push({ ...lessonFields.parse(lesson.fields), resourceId: lesson.id })
		byCourse.set(courseId, list)
	}
	return byCourse
}
