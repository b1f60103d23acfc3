import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { applyRevision } from '../grants/apply-revision'
import { context, db } from '../host'
import { sweep } from '../outbox/sweep'
import { accountLinks, outbox } from '../schema'
import {
	apply,
	aRevision,
	auditedActions,
	deleteUser,
	makeLink,
	makeLinkedBuyer,
	makeOwner,
	makeUser,
	nextRevision,
	openRowsOf,
	readGrantOf,
} from '../testing/fixtures'
import { releaseMissingUser } from './release-missing-user'
import { releaseMissingUsers } from './release-missing-users'

async function readLinkOf(linkedUserId: string) {
	const [row] = await db.select().from(accountLinks).where(eq(accountLinks.linkedUserId, linkedUserId))
	return row
}

describe('releaseMissingUser', () => {
	it('ends the link and frees the claims of a deleted account, and keeps the purchase', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await deleteUser(user.id)

		const released = await releaseMissingUser(context, { userId: user.id })

		expect(released).toMatchObject({ exists: false, grantIds: [expect.any(String)] })
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({
			status: 'pending',
			userId: null,
			claimedAt: null,
			claimedByLinkRevision: null,
			pendingForEmail: owner.email,
			stateVersion: 2,
			revision: 1,
			entitlementIds: [],
		})
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, linkRevision: 2 })
		expect(await auditedActions(purchase.purchaseId)).toEqual(['grant.applied', 'grant.released'])
	})

	it('does nothing to an account that exists', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		await apply(aRevision({ owner, productId }))
		expect(await releaseMissingUser(context, { userId: user.id })).toMatchObject({ exists: true })
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('frees claims that were made by an earlier link, and leaves the present link alone', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		const newUser = await makeUser()
		await makeLink({ userId: newUser.id, linkedUserId: owner.userId, linkRevision: 3 })
		await deleteUser(user.id)

		await releaseMissingUser(context, { userId: user.id })

		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: newUser.id, linkRevision: 3 })
	})

	it('lets the buyer’s next account have the course', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await deleteUser(user.id)
		await releaseMissingUser(context, { userId: user.id })
		const newUser = await makeUser()
		await makeLink({ userId: newUser.id, linkedUserId: owner.userId, linkRevision: 3 })

		await apply(purchase)

		expect(await openRowsOf(newUser.id)).toHaveLength(1)
	})

	it('ends well beside revisions of the same grants', async () => {
		for (let round = 0; round < 5; round += 1) {
			const { owner, user, productId } = await makeLinkedBuyer()
			const purchases = [1, 2, 3].map(() => aRevision({ owner, productId }))
			await apply(...purchases)
			await deleteUser(user.id)
			await Promise.all([
				releaseMissingUser(context, { userId: user.id }),
				...purchases.map((purchase) => applyRevision(context, nextRevision(purchase))),
				releaseMissingUser(context, { userId: user.id }),
			])
			expect(await openRowsOf(user.id)).toEqual([])
			for (const purchase of purchases) {
				expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null, revision: 2 })
			}
		}
	})
})

describe('releaseMissingUsers', () => {
	it('finds claims and links of accounts that are gone, from wherever it starts', async () => {
		const claimed = await makeLinkedBuyer()
		await apply(aRevision({ owner: claimed.owner, productId: claimed.productId }))
		const linkedOnly = { owner: makeOwner(), user: await makeUser() }
		await makeLink({ userId: linkedOnly.user.id, linkedUserId: linkedOnly.owner.userId })
		await deleteUser(claimed.user.id)
		await deleteUser(linkedOnly.user.id)

		const { released } = await releaseMissingUsers(context, { limit: 10_000, startAt: '8' })

		expect(released).toEqual(expect.arrayContaining([claimed.user.id, linkedOnly.user.id]))
		expect(await openRowsOf(claimed.user.id)).toEqual([])
	})

	it('is part of the sweep, which has the seller told', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await deleteUser(user.id)
		await sweep(context, { claimsARun: 10_000 })

		// From this event `emit-account-unlinked` tells of the link and of the grants.
		const [queued] = await db
			.select()
			.from(outbox)
			.where(eq(outbox.dedupeKey, `account/unlinked:${owner.userId}:2`))
		expect(queued).toMatchObject({
			name: 'account/unlinked',
			payload: { linkedUserId: owner.userId, linkRevision: 2 },
		})
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending' })
	})
})
