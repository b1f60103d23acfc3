import { eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { recordAudit } from '../audit/record-audit'
import { context, db } from '../host'
import { crossAppGrants } from '../schema'
import {
	apply,
	aRevision,
	makeCourse,
	makeLink,
	makeLinkedBuyer,
	makeOwner,
	makeUnlinkedBuyer,
	nextRevision,
	randomId,
	readGrantOf,
} from '../testing/fixtures'
import { type GrantCursor, type GrantFilter, listGrants } from './list-grants'
import { readGrant } from './read-grant'
import { retryGrant } from './retry-grant'

const ANY: GrantFilter = {
	desiredState: null,
	claim: null,
	attention: false,
	productId: null,
	changedSince: null,
	search: null,
}

async function idsOf(filter: Partial<GrantFilter>, limit = 50): Promise<string[]> {
	const { grants } = await listGrants(context, { filter: { ...ANY, ...filter }, after: null, limit })
	return grants.map((grant) => grant.grantId)
}

async function grantIdOf(revision: ReturnType<typeof aRevision>): Promise<string> {
	const grant = await readGrantOf(revision)
	return grant?.id ?? 'there is none'
}

/** One course's grants: active, waiting, suspended and revoked. */
async function oneOfEach() {
	const { owner, user, productId } = await makeLinkedBuyer()
	const stranger = makeOwner()
	const revisions = {
		active: aRevision({ owner, productId }),
		waiting: aRevision({ owner: stranger, productId }),
		suspended: aRevision({ owner, productId, state: 'suspended' }),
		revoked: aRevision({ owner: stranger, productId, state: 'revoked' }),
	}
	await apply(...Object.values(revisions))
	const ids = {
		active: await grantIdOf(revisions.active),
		waiting: await grantIdOf(revisions.waiting),
		suspended: await grantIdOf(revisions.suspended),
		revoked: await grantIdOf(revisions.revoked),
	}
	return { owner, user, stranger, productId, revisions, ids }
}

describe('listGrants filters', () => {
	it('by what the seller wants, by the claim, and by both', async () => {
		const { productId, ids } = await oneOfEach()
		const ofCourse = (filter: Partial<GrantFilter>) => idsOf({ productId, ...filter })
		expect(new Set(await ofCourse({}))).toEqual(new Set(Object.values(ids)))
		expect(new Set(await ofCourse({ desiredState: 'granted' }))).toEqual(new Set([ids.active, ids.waiting]))
		expect(await ofCourse({ desiredState: 'suspended' })).toEqual([ids.suspended])
		expect(await ofCourse({ desiredState: 'revoked' })).toEqual([ids.revoked])
		expect(await ofCourse({ claim: 'active' })).toEqual([ids.active])
		expect(new Set(await ofCourse({ claim: 'claimed' }))).toEqual(new Set([ids.active, ids.suspended]))
		expect(new Set(await ofCourse({ claim: 'unclaimed' }))).toEqual(new Set([ids.waiting, ids.revoked]))
		expect(await ofCourse({ claim: 'unclaimed', desiredState: 'granted' })).toEqual([ids.waiting])
	})

	it('by when they changed', async () => {
		const { productId } = await oneOfEach()
		expect(await idsOf({ productId, changedSince: new Date(Date.now() - 60_000) })).toHaveLength(4)
		expect(await idsOf({ productId, changedSince: new Date(Date.now() + 60_000) })).toEqual([])
	})

	it('what needs attention: a claim that is due, and an alert that nobody has answered since', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const second = await makeCourse()
		const due = aRevision({ owner, productId })
		const alerted = aRevision({ owner: makeOwner(), productId })
		const fine = aRevision({ owner: makeOwner(), productId })
		const unproven = aRevision({ owner: { ...owner }, productId: second.productId, proven: false })
		await apply(due, alerted, fine, unproven)
		// As a database that was restored may be: the link is there, and nothing has claimed.
		await makeLink({ userId: user.id, linkedUserId: owner.userId })
		const { purchaseId } = alerted
		await recordAudit(db, {
			actor: 'test',
			action: 'alert.email-refused',
			purchaseId,
			subject: 'a-mail',
			data: {},
		})
		const attention = await idsOf({ productId, attention: true })
		expect(new Set(attention)).toEqual(new Set([await grantIdOf(due), await grantIdOf(alerted)]))
		expect(await idsOf({ productId: second.productId, attention: true })).toEqual([])

		const { grants } = await listGrants(context, { filter: { ...ANY, productId }, after: null, limit: 10 })
		const reasons = new Map(grants.map((grant) => [grant.purchaseId, grant.attention]))
		expect(reasons.get(due.purchaseId)).toEqual(['claim-due'])
		expect(reasons.get(purchaseId)).toEqual(['alert'])
		expect(reasons.get(fine.purchaseId)).toEqual([])

		for (const grantId of attention) {
			const { stateVersion } = (await readGrant(context, { grantId }))?.answer ?? { stateVersion: 0 }
			const press = randomId('press')
			await retryGrant(context, {
				grantId,
				actor: 'user:support',
				reason: 'looked at it',
				press,
				stateVersion,
			})
		}
		expect(await idsOf({ productId, attention: true })).toEqual([])
	})

	it('what needs attention, within a search', async () => {
		const { revisions, ids, stranger } = await oneOfEach()
		const { purchaseId } = revisions.waiting
		await recordAudit(db, {
			actor: 'test',
			action: 'alert.function-failed',
			purchaseId,
			subject: 'x',
			data: {},
		})
		expect(await idsOf({ search: stranger.email, attention: true })).toEqual([ids.waiting])
	})
})

describe('listGrants searches', () => {
	it('by the buyer’s address, waiting or not, however it is typed, and by the claimant’s', async () => {
		const { owner, user, stranger, ids } = await oneOfEach()
		const ofOwner = new Set([ids.active, ids.suspended])
		expect(new Set(await idsOf({ search: ` ${owner.email.toUpperCase()} ` }))).toEqual(ofOwner)
		expect(new Set(await idsOf({ search: user.email }))).toEqual(ofOwner)
		expect(new Set(await idsOf({ search: stranger.email }))).toEqual(new Set([ids.waiting, ids.revoked]))
	})

	it('by the id of a purchase, a grant, and a user on either app', async () => {
		const { owner, user, revisions, ids } = await oneOfEach()
		expect(await idsOf({ search: revisions.waiting.purchaseId })).toEqual([ids.waiting])
		expect(await idsOf({ search: ids.suspended })).toEqual([ids.suspended])
		const ofOwner = new Set([ids.active, ids.suspended])
		expect(new Set(await idsOf({ search: owner.userId }))).toEqual(ofOwner)
		expect(new Set(await idsOf({ search: user.id }))).toEqual(ofOwner)
	})

	it('exactly: nothing that only begins alike, differs by an accent, or is no address', async () => {
		const { owner } = await oneOfEach()
		for (const search of [
			owner.email.slice(0, -1),
			owner.userId.slice(0, -1),
			owner.email.replace('owner', 'ówner'),
			'two words@example.com',
			'%',
		]) {
			expect([search, await idsOf({ search })]).toEqual([search, []])
		}
	})
})

describe('listGrants goes through pages', () => {
	it('newest first, each grant once, also when many changed in the same moment', async () => {
		const { productId } = await makeCourse()
		const revisions = Array.from({ length: 7 }, () => aRevision({ owner: makeOwner(), productId }))
		await apply(...revisions)
		const at = new Date('2026-11-20T10:00:00.000Z')
		await db.update(crossAppGrants).set({ updatedAt: at }).where(eq(crossAppGrants.productId, productId))
		const [first, second] = [await grantIdOf(revisions[0]!), await grantIdOf(revisions[1]!)]
		const later = new Date('2026-11-20T10:00:00.001Z')
		await db
			.update(crossAppGrants)
			.set({ updatedAt: later })
			.where(inArray(crossAppGrants.id, [first, second]))

		const seen: string[] = []
		let after: GrantCursor | null = null
		let pages = 0
		do {
			const page = await listGrants(context, { filter: { ...ANY, productId }, after, limit: 3 })
			seen.push(...page.grants.map((grant) => grant.grantId))
			after = page.next
			pages += 1
		} while (after !== null && pages < 10)
		expect(pages).toBe(3)
		expect(seen).toHaveLength(7)
		expect(new Set(seen).size).toBe(7)
		expect(new Set(seen.slice(0, 2))).toEqual(new Set([first, second]))
	})

	it('has no next page when the last one is just full', async () => {
		const { productId } = await makeCourse()
		await apply(aRevision({ owner: makeOwner(), productId }), aRevision({ owner: makeOwner(), productId }))
		const { grants, next } = await listGrants(context, {
			filter: { ...ANY, productId },
			after: null,
			limit: 2,
		})
		expect([grants.length, next]).toEqual([2, null])
	})
})

describe('a listed grant', () => {
	it('tells who claimed it, and that the account is gone when it is', async () => {
		const { user, ids, revisions } = await oneOfEach()
		const [active] = (
			await listGrants(context, { filter: { ...ANY, search: ids.active }, after: null, limit: 1 })
		).grants
		expect(active).toMatchObject({ status: 'active', claimant: { userId: user.id, email: user.email } })
		await db
			.update(crossAppGrants)
			.set({ userId: randomId('gone') })
			.where(eq(crossAppGrants.id, ids.active))
		const [orphan] = (
			await listGrants(context, { filter: { ...ANY, search: ids.active }, after: null, limit: 1 })
		).grants
		expect(orphan?.claimant?.email).toBeNull()
		await apply(nextRevision(revisions.waiting, { state: 'revoked' }))
	})
})
