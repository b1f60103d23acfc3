import { eq } from 'drizzle-orm'
import Stripe from 'stripe'
import { beforeAll, describe, expect, it } from 'vitest'
import { POST } from '../src/app/api/stripe/webhook/route'
import { db } from '../src/db'
import { purchases, stripeEvents } from '../src/db/schema'
import { env } from '../src/server/env'
import { makeViewer, openShop, stripeId } from './setup/own-shop'

const stripe = new Stripe('sk_test_unused')
beforeAll(openShop)

async function aCompletion(change: Record<string, unknown> = {}) {
	const viewer = await makeViewer()
	const session = {
		id: stripeId('cs'),
		object: 'checkout.session',
		payment_status: 'no_payment_required',
		payment_intent: null,
		customer: null,
		amount_total: 0,
		metadata: { productId: 'product-ai-engineer-foundations', userId: viewer.id },
		...change,
	}
	const event = {
		id: stripeId('evt'),
		object: 'event',
		type: 'checkout.session.completed',
		data: { object: session },
	}
	return { viewer, event, body: JSON.stringify(event) }
}

function sign(body: string, options: { secret?: string; secondsAgo?: number } = {}): string {
	return stripe.webhooks.generateTestHeaderString({
		payload: body,
		secret: options.secret ?? env.STRIPE_WEBHOOK_SECRET,
		timestamp: Math.floor(Date.now() / 1000) - (options.secondsAgo ?? 0),
	})
}

const post = (body: string, signature: string | null) =>
	POST(
		new Request('http://localhost/api/stripe/webhook', {
			method: 'POST',
			body,
			headers: signature === null ? {} : { 'stripe-signature': signature },
		}),
	)

const countPurchases = async (userId: string) =>
	(await db.select().from(purchases).where(eq(purchases.userId, userId))).length

describe('POST /api/stripe/webhook', () => {
	it('records what Stripe signed, and a repeat changes nothing', async () => {
		const { viewer, body } = await aCompletion()
		const first = await post(body, sign(body))
		const again = await post(body, sign(body))
		expect([first.status, await first.json()]).toEqual([200, { received: true, outcome: 'done' }])
		expect([again.status, await again.json()]).toEqual([200, { received: true, outcome: 'repeated' }])
		expect(await countPurchases(viewer.id)).toBe(1)
	})

	it('is one purchase when it is delivered five times at once', async () => {
		const { viewer, body } = await aCompletion()
		const responses = await Promise.all(Array.from({ length: 5 }, () => post(body, sign(body))))
		expect(responses.map((response) => response.status)).toEqual([200, 200, 200, 200, 200])
		expect(await countPurchases(viewer.id)).toBe(1)
	})

	it('answers 400 and writes nothing for a missing, wrong or old signature and for a re-serialized body', async () => {
		const { viewer, event, body } = await aCompletion()
		const refused: [string, string | null][] = [
			[body, null],
			[body, 't=1,v1=00'],
			[body, sign(body, { secret: 'whsec_of_someone_else' })],
			[body, sign(body, { secondsAgo: 400 })],
			[JSON.stringify(event, null, 2), sign(body)],
		]
		for (const [text, signature] of refused) expect((await post(text, signature)).status).toBe(400)
		expect(await countPurchases(viewer.id)).toBe(0)
		expect(await db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id))).toEqual([])
	})

	it('waits for the payment of a session that completed unpaid', async () => {
		const { viewer, body } = await aCompletion({ payment_status: 'unpaid' })
		expect(await (await post(body, sign(body))).json()).toEqual({ received: true, outcome: 'ignored' })
		expect(await countPurchases(viewer.id)).toBe(0)
	})

	it('takes and ignores what it has no use for', async () => {
		const body = JSON.stringify({
			id: stripeId('evt'),
			object: 'event',
			type: 'customer.created',
			data: { object: {} },
		})
		expect(await (await post(body, sign(body))).json()).toEqual({ received: true, outcome: 'ignored' })
	})

	it('keeps a paid session that names nobody of ours, and does not make Stripe repeat it', async () => {
		const { event, body } = await aCompletion({ metadata: {} })
		expect((await post(body, sign(body))).status).toBe(200)
		expect(await db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id))).toHaveLength(1)
	})
})
