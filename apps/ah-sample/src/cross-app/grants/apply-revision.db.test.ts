import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { CrossAppContext, Transaction } from '../context'
import { context, db } from '../host'
import { hostEntitlements } from '../host-tables'
import { accountLinks, auditEvents } from '../schema'
import {
	apply,
	aRevision,
	auditedActions,
	deleteUser,
	makeCourse,
	makeLink,
	makeLinkedBuyer,
	makeOwner,
	makeUser,
	nextRevision,
	openRowsOf,
	randomId,
	readGrantOf,
} from '../testing/fixtures'
import { applyRevision } from './apply-revision'

describe('applyRevision', () => {
	it('opens the course when the owner is linked', async () => {
		const { owner, user, productId, resourceIds } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })

		const [result] = await apply(purchase)

		expect(result).toMatchObject({ outcome: 'applied', changed: true })
		const grant = await readGrantOf(purchase)
		expect(grant).toMatchObject({
			id: result?.grantId,
			status: 'active',
			userId: user.id,
			claimedByLinkRevision: 1,
			pendingForEmail: null,
			stateVersion: 1,
		})
		expect(grant?.claimedAt).toBeInstanceOf(Date)
		const rows = await openRowsOf(user.id)
		expect(rows.map((row) => row.metadata)).toEqual([{ contentIds: resourceIds }])
		expect(rows.map((row) => row.id)).toEqual(grant?.entitlementIds)
		expect(rows[0]?.organizationMembershipId).toBeTruthy()
	})

	it('opens one row per content resource', async () => {
		const owner = makeOwner()
		const user = await makeUser()
		await makeLink({ userId: user.id, linkedUserId: owner.userId })
		const { productId, resourceIds } = await makeCourse({ resources: 3 })

		await apply(aRevision({ owner, productId }))

		const contentIds = (await openRowsOf(user.id)).map((row) => row.metadata?.contentIds)
		expect(contentIds).toHaveLength(3)
		expect(contentIds).toEqual(expect.arrayContaining(resourceIds.map((id) => [id])))
	})

	it('waits for a claim when the owner is not linked', async () => {
		const owner = makeOwner()
		const { productId } = await makeCourse()
		const purchase = aRevision({ owner, productId })

		await apply(purchase)

		expect(await readGrantOf(purchase)).toMatchObject({
			status: 'pending',
			userId: null,
			pendingForEmail: owner.email,
			entitlementIds: [],
		})
	})

	it('opens nothing for an owner who is not proven, and opens it when they are', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const guest = aRevision({ owner, productId, proven: false })
		await apply(guest)
		expect(await openRowsOf(user.id)).toEqual([])

		await apply(nextRevision(guest, { proven: true }))
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('changes nothing when the same revision arrives again, and 25 hours later', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		// Whatever remembers an event id for a day has forgotten it by then: only the stored revision stands guard.
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET createdAt = createdAt - INTERVAL 25 HOUR, updatedAt = updatedAt - INTERVAL 25 HOUR, claimedAt = claimedAt - INTERVAL 25 HOUR WHERE sourcePurchaseId = ${purchase.purchaseId}`,
		)
		const before = await readGrantOf(purchase)

		const [again] = await apply(purchase)

		expect(again).toMatchObject({ outcome: 'repeated', changed: false })
		expect(await readGrantOf(purchase)).toEqual(before)
		expect(await openRowsOf(user.id)).toHaveLength(1)
		expect(await auditedActions(purchase.purchaseId)).toEqual(['grant.applied', 'grant.repeated'])
	})

	it('gives one grant and one set of rows when one revision arrives twenty times at once', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })

		const results = await Promise.all(Array.from({ length: 20 }, () => applyRevision(context, purchase)))

		expect(results.filter((result) => result.changed)).toHaveLength(1)
		expect(await openRowsOf(user.id)).toHaveLength(1)
		expect(await readGrantOf(purchase)).toMatchObject({ stateVersion: 1 })
	})

	it('closes the course when the purchase is refunded', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const refund = nextRevision(purchase, { state: 'revoked' })

		await apply(purchase, refund)

		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({
			status: 'revoked',
			stopReason: 'refund',
			entitlementIds: [],
			userId: user.id,
		})
	})

	it('ignores a grant that arrives after its revoke', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const refund = nextRevision(purchase, { state: 'revoked' })

		await apply(refund)
		const [late] = await apply(purchase)

		expect(late).toMatchObject({ outcome: 'stale', changed: false })
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'revoked', revision: 2 })
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await auditedActions(purchase.purchaseId)).toEqual(['grant.tombstoned', 'grant.stale'])
	})

	it('keeps a tombstone for a revoke of a product it does not know', async () => {
		const owner = makeOwner()
		const refund = aRevision({ owner, productId: randomId('product'), state: 'revoked' })

		await expect(apply(refund)).resolves.toMatchObject([{ outcome: 'applied' }])
		expect(await readGrantOf(refund)).toMatchObject({ status: 'revoked' })
	})

	it('refuses a grant of a product it does not know and writes nothing', async () => {
		const purchase = aRevision({ owner: makeOwner(), productId: randomId('product') })

		await expect(apply(purchase)).rejects.toMatchObject({ code: 'unknown-product', retryable: false })
		expect(await readGrantOf(purchase)).toBeNull()
		expect(await auditedActions(purchase.purchaseId)).toEqual([])
	})

	it('refuses to tell two products apart by case alone', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId: productId.toUpperCase() })
		await expect(apply(purchase)).rejects.toMatchObject({ code: 'unknown-product' })
	})

	it('does not apply another state under the same revision, and alerts', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const contradiction = aRevision({
			owner,
			productId,
			purchaseId: purchase.purchaseId,
			state: 'revoked',
		})
		await apply(purchase)

		const [result] = await apply(contradiction)

		expect(result).toMatchObject({ outcome: 'conflict' })
		expect(await openRowsOf(user.id)).toHaveLength(1)
		expect(await auditedActions(purchase.purchaseId)).toContain('alert.grant-conflict')
	})

	it('numbers its state above what the seller has seen, without touching access', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)

		await apply({ ...purchase, incoming: { ...purchase.incoming, stateVersionSeen: 41 } })

		expect(await readGrantOf(purchase)).toMatchObject({ stateVersion: 42, status: 'active' })
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('suspends and restores access with the same rows', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const disputed = nextRevision(purchase, { state: 'suspended' })
		await apply(purchase)
		const before = (await openRowsOf(user.id)).map((row) => row.id)

		await apply(disputed)
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'suspended', stopReason: 'dispute' })

		await apply(nextRevision(disputed, { state: 'granted' }))
		expect((await openRowsOf(user.id)).map((row) => row.id)).toEqual(before)
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'active', stopReason: null })
	})

	it('moves access to the new owner when a purchase is transferred, and back', async () => {
		const seller = await makeLinkedBuyer()
		const receiver = makeOwner()
		const receiverUser = await makeUser()
		await makeLink({ userId: receiverUser.id, linkedUserId: receiver.userId })
		const purchase = aRevision({ owner: seller.owner, productId: seller.productId })
		const transferred = nextRevision(purchase, { owner: receiver })
		await apply(purchase)
		const before = (await openRowsOf(seller.user.id)).map((row) => row.id)

		await apply(transferred)
		expect(await openRowsOf(seller.user.id)).toEqual([])
		expect(await openRowsOf(receiverUser.id)).toHaveLength(1)
		expect(await readGrantOf(purchase)).toMatchObject({ userId: receiverUser.id })

		await apply(nextRevision(transferred, { owner: seller.owner }))
		expect(await openRowsOf(receiverUser.id)).toEqual([])
		expect((await openRowsOf(seller.user.id)).map((row) => row.id)).toEqual(before)
	})

	it('takes access from the old owner when the new one is not linked, and a refund hits the new one', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const receiver = makeOwner()
		const purchase = aRevision({ owner, productId })
		const transferred = nextRevision(purchase, { owner: receiver })

		await apply(purchase, transferred)
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({
			status: 'pending',
			userId: null,
			pendingForEmail: receiver.email,
		})

		await apply(nextRevision(transferred, { state: 'revoked' }))
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'revoked', sourceUserId: receiver.userId })
	})

	it('keeps access from one purchase when another of the same course is refunded', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const first = aRevision({ owner, productId })
		const second = aRevision({ owner, productId })
		await apply(first, second)
		expect(await openRowsOf(user.id)).toHaveLength(2)

		await apply(nextRevision(first, { state: 'revoked' }))
		expect(await openRowsOf(user.id)).toHaveLength(1)

		await apply(nextRevision(second, { state: 'revoked' }))
		expect(await openRowsOf(user.id)).toEqual([])
	})

	it('does not claim for a link that is being undone', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId, unlinkingLinkRevision: 1 })
		await apply(purchase)
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending' })
	})

	it('treats an owner whose user here was deleted as not linked', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		await deleteUser(user.id)
		const purchase = aRevision({ owner, productId })

		await apply(purchase)

		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
		const [link] = await db.select().from(accountLinks).where(eq(accountLinks.linkedUserId, owner.userId))
		expect(link).toMatchObject({
			userId: null,
			formerUserId: user.id,
			linkRevision: 2,
			unlinkedBy: 'account-deleted',
		})
	})

	it('releases what a deleted user had claimed when the next revision comes', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await deleteUser(user.id)

		const [result] = await apply(nextRevision(purchase))

		expect(result).toMatchObject({ outcome: 'applied' })
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
	})

	it('gives a newcomer one organization when two courses are applied at the same moment', async () => {
		for (let round = 0; round < 5; round += 1) {
			const { owner, user, productId } = await makeLinkedBuyer()
			const other = await makeCourse()
			const purchaseId = randomId('purchase')

			await Promise.all(
				[productId, other.productId].map((id) =>
					applyRevision(context, aRevision({ owner, productId: id, purchaseId })),
				),
			)

			const rows = await openRowsOf(user.id)
			expect(rows).toHaveLength(2)
			expect(new Set(rows.map((row) => row.organizationId)).size).toBe(1)
			const [memberships] = await db.execute(
				sql`SELECT id FROM AI_OrganizationMembership WHERE userId = ${user.id}`,
			)
			expect(memberships).toHaveLength(1)
		}
	})

	it('puts nothing into a team that the user belongs to', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const team = randomId('organization')
		await db.execute(sql`INSERT INTO AI_Organization (id, name) VALUES (${team}, 'A team')`)
		await db.execute(
			sql`INSERT INTO AI_OrganizationMembership (id, organizationId, role, invitedById, userId) VALUES (${randomId('membership')}, ${team}, 'learner', 'someone', ${user.id})`,
		)
		await apply(aRevision({ owner, productId }))
		const [row] = await openRowsOf(user.id)
		expect(row?.organizationId).toBeTruthy()
		expect(row?.organizationId).not.toBe(team)
	})

	it('survives many newcomers buying at the same moment', async () => {
		const buyers = await Promise.all(Array.from({ length: 30 }, () => makeLinkedBuyer()))

		await Promise.all(
			buyers.map(({ owner, productId }) => applyRevision(context, aRevision({ owner, productId }))),
		)

		for (const { user } of buyers) expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('lets the newest of conflicting transfers win when they arrive at the same moment', async () => {
		for (let round = 0; round < 5; round += 1) {
			const { owner, user, productId } = await makeLinkedBuyer()
			const receiver = await makeLinkedBuyer()
			const purchase = aRevision({ owner, productId })
			const transferred = nextRevision(purchase, { owner: receiver.owner })

			await Promise.all([applyRevision(context, purchase), applyRevision(context, transferred)])

			expect(await openRowsOf(user.id)).toEqual([])
			expect(await openRowsOf(receiver.user.id)).toHaveLength(1)
			expect(await readGrantOf(purchase)).toMatchObject({ revision: 2, userId: receiver.user.id })
		}
	})

	it('writes neither grant nor rows when the audit row can not be written', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const withoutAudit: CrossAppContext = {
			...context,
			transact: (work) => context.transact((tx) => work(refusingInsertsInto(auditEvents, tx))),
		}

		await expect(applyRevision(withoutAudit, purchase)).rejects.toThrow('no audit today')

		expect(await readGrantOf(purchase)).toBeNull()
		expect(await openRowsOf(user.id)).toEqual([])
	})

	it('control: without the comparison of revisions a late grant would open a refunded course', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const refund = nextRevision(purchase, { state: 'revoked' })
		await apply(refund)

		// The broken variant: a mirror that applies whatever comes last, whatever its number.
		const unchecked = { ...purchase, incoming: { ...purchase.incoming, revision: 3 } }
		await apply(unchecked)

		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('leaves closed rows in place for the record', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase, nextRevision(purchase, { state: 'revoked' }))
		const rows = await db.select().from(hostEntitlements).where(eq(hostEntitlements.userId, user.id))
		expect(rows).toHaveLength(1)
		expect(rows[0]?.deletedAt).toBeInstanceOf(Date)
	})
})

/** The transaction itself, except that inserts into one table fail. */
function refusingInsertsInto(table: typeof auditEvents, tx: Transaction): Transaction {
	return new Proxy(tx, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name)
			if (typeof value !== 'function') return value
			return (...parameters: unknown[]) => {
				if (name === 'insert' && parameters[0] === table) throw new Error('no audit today')
				return value.apply(target, parameters)
			}
		},
	})
}
