import { and, eq } from 'drizzle-orm'
import { readCatalogue } from '@/access/read-catalogue'
import { db } from '@/db'
import { purchases } from '@/db/schema'
import { env } from '@/server/env'
import { stripe } from '@/server/stripe'

export type CheckoutStart =
	| { kind: 'to-stripe'; url: string }
	| { kind: 'owned'; slug: string }
	| { kind: 'unknown-product' }

/**
 * Opens a Stripe Checkout session for a course that is sold here. A course that is open because of a bundle may still
 * be bought: only a purchase made here counts as owning it.
 *
 * @throws whatever Stripe's SDK throws
 */
export async function startCheckout(input: {
	productId: string
	viewer: { id: string; email: string }
}): Promise<CheckoutStart> {
	const course = (await readCatalogue()).find((candidate) => candidate.productId === input.productId)
	if (!course?.stripePriceId) return { kind: 'unknown-product' }
	const owned = await db
		.select({ userId: purchases.userId })
		.from(purchases)
		.where(
			and(
				eq(purchases.userId, input.viewer.id),
				eq(purchases.productId, input.productId),
				eq(purchases.status, 'Valid'),
			),
		)
	if (owned.some((purchase) => purchase.userId === input.viewer.id))
		return { kind: 'owned', slug: course.slug }
	const session = await stripe().checkout.sessions.create({
		mode: 'payment',
		line_items: [{ price: course.stripePriceId, quantity: 1 }],
		customer_email: input.viewer.email,
		client_reference_id: input.viewer.id,
		metadata: { productId: input.productId, userId: input.viewer.id },
		success_url: `${env.AUTH_URL}/thanks?session_id={CHECKOUT_SESSION_ID}`,
		cancel_url: `${env.AUTH_URL}/courses/${course.slug}?checkout=cancelled`,
	})
	if (!session.url) throw new Error('Stripe opened a Checkout session without an address.')
	return { kind: 'to-stripe', url: session.url }
}
