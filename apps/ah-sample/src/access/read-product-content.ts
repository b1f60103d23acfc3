import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Executor } from '../db/executor'
import { contentResourceProducts, contentResources, entitlementTypes, products } from '../db/schema'

/** The entitlement type that opens a course; seeded, looked up by its name. */
export const CONTENT_ACCESS_TYPE = 'workshop_content_access'

export type ProductContent = { title: string; resources: { resourceId: string; entitlementTypeId: string }[] }

/**
 * The content resources that a product opens, in their order; null when there is no such product. Looked up in columns
 * that ignore case, and compared again here.
 */
export async function readProductContent(db: Executor, productId: string): Promise<ProductContent | null> {
	const found = await db.select().from(products).where(eq(products.id, productId))
	const product = found.find((row) => row.id === productId)
	if (product === undefined) return null
	const [type] = await db
		.select()
		.from(entitlementTypes)
		.where(eq(entitlementTypes.name, CONTENT_ACCESS_TYPE))
	if (type === undefined) {
		throw new Error(`The entitlement type ${CONTENT_ACCESS_TYPE} is missing. Run scripts/seed.ts.`)
	}
	const resources = await db
		.select({ resourceId: contentResources.id })
		.from(contentResourceProducts)
		.innerJoin(contentResources, eq(contentResources.id, contentResourceProducts.resourceId))
		.where(
			and(
				eq(contentResourceProducts.productId, productId),
				isNull(contentResourceProducts.deletedAt),
				isNull(contentResources.deletedAt),
			),
		)
		.orderBy(asc(contentResourceProducts.position), asc(contentResources.id))
	return {
		title: product.name,
		resources: resources.map(({ resourceId }) => ({ resourceId, entitlementTypeId: type.id })),
	}
}
