import { ahCourses } from '@sandbox/stack/catalogue'
import { ensureProduct } from '@sandbox/stack/stripe-test-mode/ensure-product'
import { catalogueCurrency, wantedProduct } from '@sandbox/stack/stripe-test-mode/wanted-on-stripe'
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import type { Executor } from '../../src/db/executor'
import { products } from '../../src/db/schema'

/**
 * Makes product and price of every course that is sold here on AI Hero's Stripe account, through Stripe's own SDK, and
 * notes the price on the product.
 *
 * @returns how many courses are sold
 */
export async function seedStripePrices(db: Executor, stripe: Stripe): Promise<number> {
	const sold = ahCourses.filter((course) => course.soldAlone)
	for (const course of sold) {
		const { priceId } = await ensureProduct(stripe, wantedProduct(course))
		await db
			.update(products)
			.set({
				fields: {
					slug: course.slug,
					priceInCents: course.priceInCents,
					currency: catalogueCurrency,
					stripePriceId: priceId,
				},
			})
			.where(eq(products.id, course.productId))
	}
	return sold.length
}
