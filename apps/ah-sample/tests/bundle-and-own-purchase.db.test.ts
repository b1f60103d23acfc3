import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { listCourses } from '../src/access/list-courses'
import { listMyCourses } from '../src/access/list-my-courses'
import { readCourse } from '../src/access/read-course'
import { readLesson } from '../src/access/read-lesson'
import { recordCheckout } from '../src/commerce/record-checkout'
import { recordRefund } from '../src/commerce/record-refund'
import { applyRevision } from '../src/cross-app/grants/apply-revision'
import { context } from '../src/cross-app/host'
import { aRevision, makeLink, makeOwner, nextRevision } from '../src/cross-app/testing/fixtures'
import { db } from '../src/db'
import { entitlements } from '../src/db/schema'
import { makeViewer, openShop, stripeId } from './setup/own-shop'

const crashCourse = { productId: 'product-ai-sdk-crash-course', slug: 'ai-sdk-crash-course' }
const evals = { productId: 'product-evals-for-typescript', slug: 'evals-for-typescript' }

beforeAll(openShop)

async function aLinkedViewer() {
	const viewer = await makeViewer()
	const owner = makeOwner()
	await makeLink({ userId: viewer.id, linkedUserId: owner.userId })
	return { viewer, owner }
}

const hasAccess = async (slug: string, userId: string) => (await readCourse({ slug, userId }))?.hasAccess

async function buyHere(userId: string, productId: string): Promise<{ chargeId: string }> {
	const chargeId = stripeId('ch')
	await recordCheckout(
		{ id: stripeId('evt'), type: 'checkout.session.completed' },
		{ sessionId: stripeId('cs'), productId, userId, chargeId, customerId: null, amount: 19_900 },
	)
	return { chargeId }
}

describe('a course bought here and also in a bundle', () => {
	it('stays open when the bundle is refunded', async () => {
		const { viewer, owner } = await aLinkedViewer()
		await buyHere(viewer.id, crashCourse.productId)
		const purchase = aRevision({ owner, productId: crashCourse.productId })
		await applyRevision(context, purchase)
		expect((await listMyCourses({ userId: viewer.id })).map((row) => row.source.kind)).toEqual([
			'bought-here',
			'bundle',
		])

		await applyRevision(context, nextRevision(purchase, { state: 'revoked' }))

		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(true)
		const rows = await db.select().from(entitlements).where(eq(entitlements.userId, viewer.id))
		expect(rows.map((row) => [row.sourceType, row.deletedAt === null]).sort()).toEqual([
			['CROSS_APP_GRANT', false],
			['PURCHASE', true],
		])
		expect(
			(await listMyCourses({ userId: viewer.id })).map((row) => [row.source.kind, row.state.tone]),
		).toEqual([
			['bought-here', 'ready'],
			['bundle', 'ended'],
		])
	})

	it('stays open when the purchase made here is refunded', async () => {
		const { viewer, owner } = await aLinkedViewer()
		const { chargeId } = await buyHere(viewer.id, crashCourse.productId)
		await applyRevision(context, aRevision({ owner, productId: crashCourse.productId }))
		await recordRefund(
			{ id: stripeId('evt'), type: 'charge.refunded' },
			{ chargeId, amount: 19_900, amountRefunded: 19_900 },
		)
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(true)
	})

	it('can be bought here although the bundle has opened it', async () => {
		const { viewer, owner } = await aLinkedViewer()
		const purchase = aRevision({ owner, productId: crashCourse.productId })
		await applyRevision(context, purchase)
		await buyHere(viewer.id, crashCourse.productId)
		await applyRevision(context, nextRevision(purchase, { state: 'revoked' }))
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(true)
	})

	it('lands in one organization when both are worked off at the same moment for a newcomer', async () => {
		for (let round = 0; round < 5; round += 1) {
			const { viewer, owner } = await aLinkedViewer()
			await Promise.all([
				buyHere(viewer.id, 'product-ai-engineer-foundations'),
				applyRevision(context, aRevision({ owner, productId: crashCourse.productId })),
				applyRevision(context, aRevision({ owner, productId: evals.productId })),
			])
			const open = (await listCourses({ userId: viewer.id })).filter((course) => course.hasAccess)
			expect(open.map((course) => course.slug)).toEqual([
				'ai-engineer-foundations',
				crashCourse.slug,
				evals.slug,
			])
			const rows = await db.select().from(entitlements).where(eq(entitlements.userId, viewer.id))
			expect(new Set(rows.map((row) => row.organizationId)).size).toBe(1)
		}
	})
})

describe('a bundle of two courses for a newcomer', () => {
	it('shows both courses when both are applied at the same moment', async () => {
		const { viewer, owner } = await aLinkedViewer()
		await Promise.all(
			[crashCourse, evals].map(({ productId }) => applyRevision(context, aRevision({ owner, productId }))),
		)
		const mine = await listMyCourses({ userId: viewer.id })
		expect(mine.map((row) => [row.courseSlug, row.hasAccess])).toEqual([
			[crashCourse.slug, true],
			[evals.slug, true],
		])
	})
})

describe('the text of a lesson', () => {
	const lesson = { courseSlug: crashCourse.slug, lessonSlug: 'tool-calls' }

	it('is given to nobody who is not entitled', async () => {
		const stranger = await makeViewer()
		for (const userId of [null, stranger.id, 'nobody']) {
			const page = await readLesson({ ...lesson, userId })
			expect(page?.kind).toBe('locked')
			expect(JSON.stringify(page)).not.toContain('Treat the arguments')
		}
	})

	it('is given while the grant is active, and the reason when it is on hold', async () => {
		const { viewer, owner } = await aLinkedViewer()
		const purchase = aRevision({ owner, productId: crashCourse.productId })
		await applyRevision(context, purchase)
		expect(await readLesson({ ...lesson, userId: viewer.id })).toMatchObject({
			kind: 'open',
			lesson: { body: [expect.stringContaining('Treat the arguments')] },
		})
		await applyRevision(context, nextRevision(purchase, { state: 'suspended' }))
		expect(await readLesson({ ...lesson, userId: viewer.id })).toMatchObject({
			kind: 'locked',
			lock: { reason: 'grant', grant: { badge: 'On hold' } },
		})
	})

	it('is closed by an entitlement that has expired, was closed, or belongs to a membership of another', async () => {
		const { viewer, owner } = await aLinkedViewer()
		const stranger = await makeViewer()
		await applyRevision(context, aRevision({ owner, productId: crashCourse.productId }))
		const [row] = await db.select().from(entitlements).where(eq(entitlements.userId, viewer.id))
		const change = (set: Partial<typeof entitlements.$inferInsert>) =>
			db
				.update(entitlements)
				.set(set)
				.where(eq(entitlements.id, row?.id ?? ''))

		await change({ expiresAt: new Date(Date.now() - 60_000) })
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(false)
		await change({ expiresAt: new Date(Date.now() + 60_000) })
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(true)
		await change({ deletedAt: new Date() })
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(false)
		await change({ deletedAt: null, organizationMembershipId: 'membership-of-another' })
		expect(await hasAccess(crashCourse.slug, viewer.id)).toBe(false)
		expect(await hasAccess(crashCourse.slug, stranger.id)).toBe(false)
	})

	it('does not exist under a slug that only looks the same', async () => {
		expect(await readLesson({ ...lesson, courseSlug: 'AI-SDK-crash-course', userId: null })).toBeNull()
		expect(await readLesson({ ...lesson, lessonSlug: 'nothing', userId: null })).toBeNull()
	})
})
