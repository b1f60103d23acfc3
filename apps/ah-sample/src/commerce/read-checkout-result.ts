import { stableId } from '@cross-app/shared'
import { eq } from 'drizzle-orm'
import { type CatalogueCourse, readCatalogue } from '@/access/read-catalogue'
import type { GrantDescription } from '@/cross-app'
import { db } from '@/db'
import { purchases } from '@/db/schema'
import { stripe } from '@/server/stripe'
import { describePurchase, PAYMENT_ARRIVING } from './describe-purchase'

export type CheckoutResult = {
	courseSlug: string
	courseTitle: string
	firstLessonSlug: string | null
	/** Pending and moving until Stripe's webhook has landed. */
	state: GrantDescription
	/** Nobody is signed in: the course is open for the buyer, who has to sign in to read it. */
	signInNeeded: boolean
}

/** What became of a Checkout session, for the thank-you page; null when it is not one of this viewer's. */
export async function readCheckoutResult(input: {
	checkoutSessionId: string
	userId: string | null
}): Promise<CheckoutResult | null> {
	const courses = await readCatalogue()
	const purchaseId = await stableId('purchase', input.checkoutSessionId)
	const [purchase] = await db.select().from(purchases).where(eq(purchases.id, purchaseId))
	const bought =
		purchase === undefined
			? await askStripe(input.checkoutSessionId)
			: { productId: purchase.productId, userId: purchase.userId }
	if (bought === null || (input.userId !== null && bought.userId !== input.userId)) return null
	const course = courses.find((candidate) => candidate.productId === bought.productId)
	if (course === undefined) return null
	return {
		...describeCourse(course),
		state: purchase === undefined ? PAYMENT_ARRIVING : describePurchase(purchase),
		signInNeeded: input.userId === null,
	}
}

function describeCourse(course: CatalogueCourse) {
	return {
		courseSlug: course.slug,
		courseTitle: course.title,
		firstLessonSlug: course.lessons[0]?.slug ?? null,
	}
}

/** The webhook may be slower than the buyer's browser: Stripe knows the session. */
async function askStripe(
	checkoutSessionId: string,
): Promise<{ productId: string; userId: string | null } | null> {
	try {
		const session = await stripe().checkout.sessions.retrieve(checkoutSessionId)
		const productId = session.metadata?.productId
		return productId === undefined ? null : { productId, userId: session.metadata?.userId ?? null }
	} catch {
		// An id that Stripe does not know, or Stripe is away: the page says that it knows of no such purchase.
		return null
	}
}
