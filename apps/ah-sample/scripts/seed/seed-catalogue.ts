import { ahCourses, type Course } from '@sandbox/stack/catalogue'
import { CONTENT_ACCESS_TYPE } from '../../src/access/read-product-content'
import type { Executor } from '../../src/db/executor'
import {
	contentResourceProducts,
	contentResourceResources,
	contentResources,
	entitlementTypes,
	products,
} from '../../src/db/schema'

const AUTHOR = 'user_ah_sam'

/** Writes AI Hero's courses and lessons; a repeat brings them up to date and touches nothing else. */
export async function seedCatalogue(db: Executor): Promise<void> {
	await db
		.insert(entitlementTypes)
		.values({
			id: `entitlement-type-${CONTENT_ACCESS_TYPE.replaceAll('_', '-')}`,
			name: CONTENT_ACCESS_TYPE,
			description: 'Opens the content whose ids are in metadata.contentIds',
		})
		.onDuplicateKeyUpdate({ set: { name: CONTENT_ACCESS_TYPE } })
	for (const [position, course] of ownProductFirst().entries()) await seedCourse(db, course, position)
}

function ownProductFirst(): Course[] {
	const own = ahCourses.filter((course) => course.productId === 'product-ai-engineer-foundations')
	return [...own, ...ahCourses.filter((course) => !own.includes(course))]
}

async function seedCourse(db: Executor, course: Course, position: number): Promise<void> {
	const { slug, name, tagline, description } = course
	await upsertProduct(db, course)
	await upsertResource(db, course.resourceId, 'workshop', { slug, title: name, tagline, description })
	await db
		.insert(contentResourceProducts)
		.values({ productId: course.productId, resourceId: course.resourceId, position })
		.onDuplicateKeyUpdate({ set: { position, deletedAt: null } })
	for (const [index, lesson] of course.lessons.entries()) {
		const { id, slug: lessonSlug, title, minutes, body } = lesson
		await upsertResource(db, id, 'lesson', { slug: lessonSlug, title, minutes, body: [...body] })
		await db
			.insert(contentResourceResources)
			.values({ resourceOfId: course.resourceId, resourceId: id, position: index })
			.onDuplicateKeyUpdate({ set: { position: index, deletedAt: null } })
	}
}

async function upsertProduct(db: Executor, course: Course): Promise<void> {
	await db
		.insert(products)
		.values({
			id: course.productId,
			name: course.name,
			key: course.slug,
			fields: {
				slug: course.slug,
				priceInCents: course.soldAlone ? course.priceInCents : null,
				currency: 'usd',
			},
		})
		// Not the fields: the Stripe price was added to them. What is sold and for how much is Stripe's step.
		.onDuplicateKeyUpdate({ set: { name: course.name, key: course.slug, status: 1 } })
}

async function upsertResource(
	db: Executor,
	id: string,
	type: 'workshop' | 'lesson',
	fields: Record<string, unknown>,
): Promise<void> {
	await db
		.insert(contentResources)
		.values({ id, type, createdById: AUTHOR, fields })
		.onDuplicateKeyUpdate({ set: { type, fields, deletedAt: null } })
}
