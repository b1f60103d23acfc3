import { describe, expect, it } from 'vitest'
import { readTimelineOfPerson } from '../audit/read-timeline'
import { context } from '../host'
import {
	apply,
	aRevision,
	aToken,
	deleteUser,
	makeLinkedBuyer,
	makeOwner,
	makeUnlinkedBuyer,
	makeUser,
	randomId,
} from '../testing/fixtures'
import { confirmLink } from './confirm-link'
import { findPeople } from './find-people'
import { readPerson } from './read-person'
import { releaseMissingUser } from './release-missing-user'
import { unlink } from './unlink'
import { unlinkOwn } from './unlink-own'

const found = async (search: string) =>
	(await findPeople(context, { search })).map(({ id, account, linkedTo }) => ({ id, account, linkedTo }))

describe('findPeople', () => {
	it('finds a linked person once, by either address and by any of their ids', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		const [applied] = await apply(revision)
		const person = [{ id: user.id, account: 'here', linkedTo: owner.userId }]
		for (const search of [
			user.email,
			user.email.toUpperCase(),
			owner.email,
			user.id,
			owner.userId,
			revision.purchaseId,
			applied?.grantId ?? '',
		]) {
			expect([search, await found(search)]).toEqual([search, person])
		}
	})

	it('finds who has only bought on the other app', async () => {
		const { owner, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		for (const search of [owner.email, owner.userId]) {
			expect(await found(search)).toEqual([{ id: owner.userId, account: 'seller-only', linkedTo: null }])
		}
	})

	it('finds people by how their address begins, and takes no sign for a joker', async () => {
		const beginning = `b${crypto.randomUUID().slice(0, 12)}`
		const users = [await makeUser({ email: `${beginning}_1@example.com` })]
		users.push(await makeUser({ email: `${beginning}x2@example.com` }))
		expect((await found(beginning)).map(({ id }) => id)).toEqual(users.map(({ id }) => id))
		expect((await found(`${beginning}_`)).map(({ id }) => id)).toEqual([users[0]?.id])
		for (const search of ['%', 'ab', '', randomId('nobody')]) expect(await found(search)).toEqual([])
		// Beyond the `@` too, and of an address that only the other app knows.
		expect((await found(`${beginning}_1@exam`)).map(({ id }) => id)).toEqual([users[0]?.id])
		const { owner, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		for (const search of [owner.email.slice(0, -3), owner.email.slice(0, 30).toUpperCase()]) {
			expect(await found(search)).toEqual([{ id: owner.userId, account: 'seller-only', linkedTo: null }])
		}
		expect(await found(`${beginning}x2@example.org`)).toEqual([])
	})
})

describe('readPerson', () => {
	it('is one person by the id of either app: links, courses, mails', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		for (const id of [user.id, owner.userId]) {
			const person = await readPerson(context, { id })
			expect(person).toMatchObject({
				user: { id: user.id, email: user.email },
				userIds: [user.id],
				sellerUserIds: [owner.userId],
				links: [{ live: true, linkRevision: 1, method: 'explicit', sellerEmail: owner.email, ended: null }],
				undone: [],
				grants: [{ status: 'active', claimant: { userId: user.id } }],
			})
			expect(person?.mails.map((mail) => [mail.template, mail.state]).sort()).toEqual([
				['access-claimed', 'waiting'],
				['access-pending', 'waiting'],
				['account-linked', 'waiting'],
			])
		}
	})

	it('remembers what was undone, and by whom', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await unlinkOwn(context, { userId: user.id })
		expect(await readPerson(context, { id: user.id })).toMatchObject({
			links: [{ live: false, ended: { by: 'user', released: false } }],
			undone: [{ sellerUserId: owner.userId, userId: user.id, by: 'user' }],
		})
	})

	it('still knows who has deleted their account here, and who never had one', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await deleteUser(user.id)
		await releaseMissingUser(context, { userId: user.id })
		expect(await readPerson(context, { id: user.id })).toMatchObject({
			user: null,
			userIds: [user.id],
			sellerUserIds: [owner.userId],
		})
		const buyer = makeOwner()
		await apply(aRevision({ owner: buyer, productId }))
		expect(await readPerson(context, { id: buyer.userId })).toMatchObject({
			user: null,
			userIds: [],
			sellerUserIds: [buyer.userId],
			grants: [{ ownerEmail: buyer.email }],
		})
		expect(await readPerson(context, { id: randomId('nobody') })).toBeNull()
	})
})

describe('a person’s timeline here', () => {
	it('has their purchases, their links, and on request what they did to others', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const stranger = makeOwner()
		const strangers = await makeUser()
		await confirmLink(context, { token: aToken(stranger), userId: strangers.id })
		// Support, with an account of its own.
		await unlink(context, {
			sellerUserId: stranger.userId,
			linkRevision: 1,
			by: 'user',
			release: false,
			actor: `user:${user.id}`,
			reason: 'asked by mail',
		})
		const person = { sellerUserIds: [owner.userId], userIds: [user.id], limit: 100 }
		const actionsOf = async (withActs: boolean, limit = 100) =>
			(await readTimelineOfPerson(context, { ...person, withActs, limit })).map((row) => row.action)
		expect([...(await actionsOf(false))].sort()).toEqual(['grant.applied', 'grant.claimed', 'link.linked'])
		expect(await actionsOf(true)).toContain('link.unlinked')
		expect((await actionsOf(true)).at(-1)).toBe('link.unlinked')
		expect(await actionsOf(true, 2)).toHaveLength(2)
		const acts = await readTimelineOfPerson(context, { ...person, withActs: true })
		expect(acts.at(-1)).toMatchObject({ data: { reason: 'asked by mail' } })
	})
})
