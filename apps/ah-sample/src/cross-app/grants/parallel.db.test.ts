import { grantStatus, nextGrant } from '@cross-app/shared'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { context, db } from '../host'
import { hostEntitlements } from '../host-tables'
import { releaseMissingUser } from '../links/release-missing-user'
import { dispatchOutbox } from '../outbox/dispatch-outbox'
import {
	aRevision,
	deleteUser,
	makeCourse,
	makeLink,
	makeOwner,
	makeUser,
	nextRevision,
	openRowsOf,
	readGrantOf,
} from '../testing/fixtures'
import { applyRevision } from './apply-revision'
import type { DesiredRevision } from './desired-revision'
import { toGrantRevision } from './grant-row'
import { listChanges } from './list-changes'

/** Seeded, so that a failure can be run again. */
function shuffled<Item>(items: Item[], seed: number): Item[] {
	let state = seed
	const next = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0
		return state / 2 ** 32
	}
	return items
		.map((item) => ({ item, order: next() }))
		.sort((left, right) => left.order - right.order)
		.map(({ item }) => item)
}

/** A purchase that goes from hand to hand and is suspended, restored and, perhaps, revoked. */
function historyOf(owners: ReturnType<typeof makeOwner>[], productId: string, revoked: boolean) {
	const [first, second, third] = owners as [(typeof owners)[0], (typeof owners)[0], (typeof owners)[0]]
	const history: DesiredRevision[] = [aRevision({ owner: first, productId })]
	const add = (change: Parameters<typeof nextRevision>[1]) =>
		history.push(nextRevision(history[history.length - 1] as DesiredRevision, change))
	add({ owner: second })
	add({ state: 'suspended' })
	add({ state: 'granted', owner: third })
	add({ owner: first })
	if (revoked) add({ state: 'revoked' })
	return history
}

describe('everything that can happen to some grants, all at once', () => {
	it.each([1, 2, 3])('fails nowhere and ends at the newest revision (seed %i)', async (seed) => {
		const owners = [makeOwner(), makeOwner(), makeOwner()]
		const users = await Promise.all(owners.map(() => makeUser()))
		const leaver = await makeUser()
		for (const [index, owner] of owners.entries()) {
			// The second owner's account here is deleted in the middle of it all.
			await makeLink({
				userId: index === 1 ? leaver.id : (users[index]?.id ?? ''),
				linkedUserId: owner.userId,
			})
		}
		const { productId } = await makeCourse({ resources: 2 })
		const histories = Array.from({ length: 6 }, (_, index) => {
			const turned = [0, 1, 2].map((offset) => owners[(index + offset) % 3] as (typeof owners)[0])
			return historyOf(turned, productId, index % 2 === 1)
		})
		const verbs: (() => Promise<unknown>)[] = histories.flatMap((history) =>
			[...history, ...history, ...history].map((revision) => () => applyRevision(context, revision)),
		)
		for (let times = 0; times < 4; times += 1) {
			verbs.push(
				() => releaseMissingUser(context, { userId: leaver.id }),
				() => dispatchOutbox({ ...context, sendInApp: async () => {} }),
				() => listChanges(context, { kind: 'grants', since: new Date(0), limit: 50 }),
			)
		}
		verbs.push(() => deleteUser(leaver.id))

		const outcomes = await Promise.allSettled(shuffled(verbs, seed).map((verb) => verb()))
		expect(verbs.length).toBeGreaterThan(100)
		expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
		await releaseMissingUser(context, { userId: leaver.id })

		for (const history of histories) {
			const newest = history[history.length - 1] as DesiredRevision
			const grant = await readGrantOf(newest)
			if (grant === null) throw new Error('There is no grant.')
			const { desired } = newest.incoming
			expect(grant).toMatchObject({
				revision: newest.incoming.revision,
				desiredState: desired.state,
				sourceUserId: desired.ownerUserId,
				status: grantStatus(toGrantRevision(grant)),
			})
			const claimant = users[owners.findIndex((owner) => owner.userId === desired.ownerUserId)]
			const left = desired.ownerUserId === owners[1]?.userId
			if (desired.state === 'granted') expect(grant.userId).toBe(left ? null : claimant?.id)
			const rows = await db.select().from(hostEntitlements).where(eq(hostEntitlements.sourceId, grant.id))
			const open = rows.filter((row) => row.deletedAt === null)
			expect(open.map((row) => row.id).sort()).toEqual([...grant.entitlementIds].sort())
			expect(open).toHaveLength(grant.status === 'active' ? 2 : 0)
			expect(open.every((row) => row.userId === grant.userId)).toBe(true)
			const again = nextGrant({
				grant: toGrantRevision(grant),
				incoming: newest.incoming,
				link: null,
				productKnown: true,
			})
			expect(again).toMatchObject({ outcome: 'repeated', changed: false })
		}
		expect(await openRowsOf(leaver.id)).toEqual([])
		for (const user of users) {
			const [counted] = await db.execute(
				sql`SELECT COUNT(*) AS memberships FROM AI_OrganizationMembership WHERE userId = ${user.id}`,
			)
			const [row] = counted as unknown as { memberships: number | string }[]
			expect(Number(row?.memberships)).toBeLessThanOrEqual(1)
		}
	})
})
