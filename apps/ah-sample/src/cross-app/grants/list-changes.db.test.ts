import type { CrossAppEvent } from '@cross-app/shared'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { readDatabaseClock } from '../database/clock'
import { context, db } from '../host'
import {
	apply,
	aRevision,
	makeCourse,
	makeLink,
	makeLinkedBuyer,
	makeOwner,
	makeUser,
	nextRevision,
	randomId,
} from '../testing/fixtures'
import { applyRevision } from './apply-revision'
import { type ChangesInput, listChanges } from './list-changes'

/** Reads page after page, as the seller's pull does. */
async function readAll(kind: ChangesInput['kind'], since: Date, limit: number) {
	const rows: CrossAppEvent['data'][] = []
	let from: { since: string; after: string } | null = null
	let now: string | null = null
	for (;;) {
		const page = await listChanges(context, {
			kind,
			limit,
			since: from === null ? since : new Date(from.since),
			...(from === null ? {} : { after: from.after }),
		})
		now ??= page.now
		rows.push(...page.rows)
		if (page.next === null) return { rows, now }
		from = page.next
	}
}

const purchaseIdOf = (row: CrossAppEvent['data']) => ('sourcePurchaseId' in row ? row.sourcePurchaseId : '')

describe('listChanges', () => {
	it('tells of a grant what its answer told', async () => {
		const since = await readDatabaseClock(db)
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId, restriction: 'IN' })
		await apply(purchase)

		const { rows } = await readAll('grants', since, 100)

		expect(rows.find((row) => purchaseIdOf(row) === purchase.purchaseId)).toMatchObject({
			status: 'active',
			revision: 1,
			targetUserId: user.id,
			appliedState: {
				state: 'granted',
				ownerUserId: owner.userId,
				ownerEmail: owner.email,
				ownerProven: true,
				restriction: 'IN',
			},
		})
	})

	it('reads page by page, each row once, also where many changed in the same millisecond', async () => {
		const since = await readDatabaseClock(db)
		const owner = makeOwner()
		const { productId } = await makeCourse()
		const purchases = Array.from({ length: 11 }, () => aRevision({ owner, productId }))
		await apply(...purchases)
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET updatedAt = CURRENT_TIMESTAMP(3) WHERE sourceUserId = ${owner.userId}`,
		)

		for (const limit of [1, 3, 11, 12]) {
			const { rows } = await readAll('grants', since, limit)
			const own = rows
				.map(purchaseIdOf)
				.filter((id) => purchases.some((purchase) => purchase.purchaseId === id))
			expect(own).toHaveLength(11)
			expect(new Set(own).size).toBe(11)
		}
	})

	it('orders by the time of the last change', async () => {
		const since = await readDatabaseClock(db)
		const { owner, productId } = await makeLinkedBuyer()
		const first = aRevision({ owner, productId })
		const second = aRevision({ owner, productId })
		await apply(first, second)
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET updatedAt = updatedAt + INTERVAL 1 SECOND WHERE sourcePurchaseId = ${first.purchaseId}`,
		)
		const { rows } = await readAll('grants', since, 100)
		const own = rows.map(purchaseIdOf).filter((id) => id === first.purchaseId || id === second.purchaseId)
		expect(own).toEqual([second.purchaseId, first.purchaseId])
	})

	it('leaves out what a repeat did not change', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET updatedAt = updatedAt - INTERVAL 1 HOUR WHERE sourcePurchaseId = ${purchase.purchaseId}`,
		)
		const since = await readDatabaseClock(db)
		await apply(purchase)
		const { rows } = await readAll('grants', since, 100)
		expect(rows.map(purchaseIdOf)).not.toContain(purchase.purchaseId)
	})

	it('tells of links and unlinks, and of nobody who was only seen', async () => {
		const since = await readDatabaseClock(db)
		const owner = makeOwner()
		const user = await makeUser()
		await makeLink({ userId: user.id, linkedUserId: owner.userId, linkRevision: 3 })
		const seen = makeOwner()
		const { productId } = await makeCourse()
		await apply(aRevision({ owner: seen, productId }))

		const linked = await readAll('links', since, 100)
		expect(linked.rows).toContainEqual(
			expect.objectContaining({ linkedUserId: owner.userId, userId: user.id, linkRevision: 3 }),
		)
		expect(linked.rows.map((row) => ('linkedUserId' in row ? row.linkedUserId : ''))).not.toContain(
			seen.userId,
		)

		await db.execute(
			sql`UPDATE AI_AccountLink SET userId = NULL, formerUserId = ${user.id}, linkRevision = 4, unlinkedAt = CURRENT_TIMESTAMP(3), unlinkedBy = 'user', updatedAt = CURRENT_TIMESTAMP(3) WHERE linkedUserId = ${owner.userId}`,
		)
		const unlinked = await readAll('links', since, 100)
		expect(unlinked.rows).toContainEqual(
			expect.objectContaining({
				linkedUserId: owner.userId,
				userId: user.id,
				linkRevision: 4,
				by: 'user',
				released: false,
			}),
		)
	})

	it('loses nothing while grants are written, when each pull starts a little before the last one ended', async () => {
		const buyers = await Promise.all(Array.from({ length: 6 }, () => makeLinkedBuyer()))
		const purchases = buyers.flatMap(({ owner, productId }) =>
			Array.from({ length: 6 }, () => aRevision({ owner, productId })),
		)
		const seen = new Map<string, number>()
		let cursor = await readDatabaseClock(db)
		let writing = true
		const pull = async () => {
			const { rows, now } = await readAll('grants', new Date(cursor.getTime() - 5 * 60_000), 7)
			for (const row of rows) {
				const version = 'stateVersion' in row ? row.stateVersion : 0
				const id = purchaseIdOf(row)
				seen.set(id, Math.max(seen.get(id) ?? 0, version))
			}
			cursor = new Date(now)
		}
		const writer = Promise.all(
			purchases.map(async (purchase) => {
				await applyRevision(context, purchase)
				await applyRevision(context, nextRevision(purchase, { state: 'revoked' }))
			}),
		).finally(() => {
			writing = false
		})
		while (writing) await pull()
		await writer
		await pull()

		expect(purchases.map((purchase) => seen.get(purchase.purchaseId))).toEqual(purchases.map(() => 2))
	})

	it('control: a pull that starts exactly where the last one ended can miss a slow writer', async () => {
		const owner = makeOwner()
		const { productId } = await makeCourse()
		const purchase = aRevision({ owner, productId, purchaseId: randomId('purchase') })
		await apply(purchase)
		// A transaction that wrote before the pull and committed after it: its row carries the earlier time.
		const { now } = await readAll('grants', new Date(), 100)
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET updatedAt = ${now.replace('T', ' ').replace('Z', '')} - INTERVAL 1 SECOND WHERE sourcePurchaseId = ${purchase.purchaseId}`,
		)
		const exact = await readAll('grants', new Date(now), 100)
		const overlapping = await readAll('grants', new Date(new Date(now).getTime() - 5 * 60_000), 100)
		expect(exact.rows.map(purchaseIdOf)).not.toContain(purchase.purchaseId)
		expect(overlapping.rows.map(purchaseIdOf)).toContain(purchase.purchaseId)
	})
})
