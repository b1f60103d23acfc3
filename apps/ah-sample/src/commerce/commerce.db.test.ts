import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { listMyCourses } from '@/access/list-my-courses'
import { readLesson } from '@/access/read-lesson'
import { db } from '@/db'
import { entitlements, purchases, users } from '@/db/schema'
import { makeViewer, openShop, stripeId } from '../../tests/setup/own-shop'
import { readCheckoutResult } from './read-checkout-result'
import { type PaidCheckout, recordCheckout } from './record-checkout'
import { recordRefund } from './record-refund'

const productId = 'product-ai-engineer-foundations'
const lesson = { courseSlug: 'ai-engineer-foundations', lessonSlug: 'tokens' }

beforeAll(openShop)

const event = (type = 'checkout.session.completed') => ({ id: stripeId('evt'), type })

async function aCheckout(): Promise<PaidCheckout & { userId: string; chargeId: string }> {
	const viewer = await makeViewer()
	return {
		sessionId: stripeId('cs'),
		productId,
		userId: viewer.id,
		chargeId: stripeId('ch'),
		customerId: null,
		amount: 14_900,
	}
}

const isOpenFor = async (userId: string) => (await readLesson({ ...lesson, userId }))?.kind === 'open'
const purchasesOf = (userId: string) => db.select().from(purchases).where(eq(purchases.userId, userId))
const refundOf = (chargeId: string, amountRefunded = 14_900) => ({ chargeId, amount: 14_900, amountRefunded })

describe('a purchase made here', () => {
	it('opens its course', async () => {
		const checkout = await aCheckout()
		await recordCheckout(event(), checkout)

		expect(await isOpenFor(checkout.userId)).toBe(true)
		expect(await purchasesOf(checkout.userId)).toMatchObject([{ status: 'Valid', productId }])
		expect(await listMyCourses({ userId: checkout.userId })).toMatchObject([
			{
				courseSlug: lesson.courseSlug,
				hasAccess: true,
				source: { kind: 'bought-here' },
				state: { tone: 'ready' },
			},
		])
		expect(
			await readCheckoutResult({ checkoutSessionId: checkout.sessionId, userId: checkout.userId }),
		).toMatchObject({ state: { tone: 'ready' }, signInNeeded: false })
		expect(await readCheckoutResult({ checkoutSessionId: checkout.sessionId, userId: 'someone' })).toBeNull()
	})

	it('is one purchase when its event comes five times at once', async () => {
		const checkout = await aCheckout()
		const one = event()

		const results = await Promise.allSettled(Array.from({ length: 5 }, () => recordCheckout(one, checkout)))

		expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
		for (const result of results) {
			if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'RepeatedEventError' })
		}
		expect(await purchasesOf(checkout.userId)).toHaveLength(1)
	})

	it('is one purchase when two different events tell of its session at once', async () => {
		const checkout = await aCheckout()
		await Promise.all([
			recordCheckout(event(), checkout),
			recordCheckout(event('checkout.session.async_payment_succeeded'), checkout),
		])
		expect(await purchasesOf(checkout.userId)).toHaveLength(1)
		const rows = await db.select().from(entitlements).where(eq(entitlements.userId, checkout.userId))
		expect(rows).toHaveLength(1)
	})

	it('needs no charge when nothing had to be paid', async () => {
		const checkout = { ...(await aCheckout()), chargeId: null, amount: 0 }
		await recordCheckout(event(), checkout)
		expect(await isOpenFor(checkout.userId)).toBe(true)
	})

	it('closes its course when it is refunded in full, and keeps it after a partial refund', async () => {
		const checkout = await aCheckout()
		await recordCheckout(event(), checkout)

		await recordRefund(event('charge.refunded'), refundOf(checkout.chargeId, 5_000))
		expect(await isOpenFor(checkout.userId)).toBe(true)

		await recordRefund(event('charge.refunded'), refundOf(checkout.chargeId))
		expect(await isOpenFor(checkout.userId)).toBe(false)
		expect(await listMyCourses({ userId: checkout.userId })).toMatchObject([
			{ hasAccess: false, state: { tone: 'ended' } },
		])
	})

	it('ends refunded and never opens when its refund is heard of first', async () => {
		const checkout = await aCheckout()
		await recordRefund(event('charge.refunded'), refundOf(checkout.chargeId))
		await recordCheckout(event(), checkout)
		expect(await purchasesOf(checkout.userId)).toMatchObject([{ status: 'Refunded' }])
		expect(await isOpenFor(checkout.userId)).toBe(false)
	})

	it('ends refunded when purchase and refund arrive at the same moment', async () => {
		for (let round = 0; round < 5; round += 1) {
			const checkout = await aCheckout()
			await Promise.all([
				recordCheckout(event(), checkout),
				recordRefund(event('charge.refunded'), refundOf(checkout.chargeId)),
			])
			expect(await purchasesOf(checkout.userId)).toMatchObject([{ status: 'Refunded' }])
			expect(await isOpenFor(checkout.userId)).toBe(false)
		}
	})

	it('keeps access from a second purchase of the same course when the first is refunded', async () => {
		const first = await aCheckout()
		const second = { ...(await aCheckout()), userId: first.userId }
		await recordCheckout(event(), first)
		await recordCheckout(event(), second)
		await recordRefund(event('charge.refunded'), refundOf(first.chargeId))
		expect(await isOpenFor(first.userId)).toBe(true)
	})

	it('is kept and alerted, and opens nothing, when its buyer’s account is gone', async () => {
		const checkout = await aCheckout()
		await db.delete(users).where(eq(users.id, checkout.userId))
		await recordCheckout(event(), checkout)
		expect(await purchasesOf(checkout.userId)).toMatchObject([{ status: 'Valid' }])
		expect(await isOpenFor(checkout.userId)).toBe(false)
	})

	it('is kept and alerted when it names a product that is not sold here', async () => {
		const checkout = { ...(await aCheckout()), productId: 'product-of-yesterday' }
		await recordCheckout(event(), checkout)
		expect(await purchasesOf(checkout.userId)).toMatchObject([{ productId: 'product-of-yesterday' }])
	})
})
