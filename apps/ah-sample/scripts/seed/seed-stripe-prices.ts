import { ahCourses, type Course, stripeIds } from '@sandbox/stack/catalogue'
import { eq } from 'drizzle-orm'
import Stripe from 'stripe'
import type { Executor } from '../../src/db/executor'
import { products } from '../../src/db/schema'

/**
 * Makes product and price of every course that is sold here on AI Hero's Stripe account, through Stripe's own SDK, and
 * notes the price on the product. A price's amount can't change, so a new amount is a new price under the same lookup key.
 *
 * @returns how many courses are sold
 */
export async function seedStripePrices(db: Executor, stripe: Stripe): Promise<number> {
	const sold = ahCourses.filter((course) => course.soldAlone)
	for (const course of sold) {
		const priceId = await ensurePrice(stripe, course)
		await db
			.update(products)
			.set({
				fields: {
					slug: course.slug,
					priceInCents: course.priceInCents,
					currency: 'usd',
					stripePriceId: priceId,
				},
			})
			.where(eq(products.id, course.productId))
	}
	return sold.length
}

async function ensurePrice(stripe: Stripe, course: Course): Promise<string> {
	const ids = stripeIds(course.productId)
	await ensureProduct(stripe, ids.productId, course)
	const { data } = await stripe.prices.list({ lookup_keys: [ids.priceLookupKey], active: true, limit: 1 })
	const [known] = data
	if (known?.unit_amount === course.priceInCents && known.currency === 'usd') return known.id
	const price = await stripe.prices.create({
		product: ids.productId,
		currency: 'usd',
		unit_amount: course.priceInCents,
		lookup_key: ids.priceLookupKey,
		transfer_lookup_key: true,
	})
	return price.id
}

async function ensureProduct(stripe: Stripe, id: string, course: Course): Promise<void> {
	try {
		await stripe.products.retrieve(id)
	} catch (error) {
		if (!(error instanceof Stripe.errors.StripeError) || error.code !== 'resource_missing') throw error
		await stripe.products.create({
			id,
			name: course.name,
			description: course.description,
			metadata: { productId: course.productId },
		})
	}
}
