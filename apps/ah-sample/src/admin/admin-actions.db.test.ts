import { describe, expect, it } from 'vitest'
import {
	apply,
	aRevision,
	auditedOf,
	makeLinkedBuyer,
	openRowsOf,
	readGrantOf,
	readLinkOf,
} from '@/cross-app/testing/fixtures'
import type { Viewer } from '@/server/auth'
import { env } from '@/server/env'
import { findAdminPeople } from './find-admin-people'
import { handleAnswerAgain } from './handle-answer-again'
import { handleSearch } from './handle-search'
import { handleUnlink } from './handle-unlink'
import { listAdminAlerts } from './list-admin-alerts'
import { listAdminGrants } from './list-admin-grants'
import { readAdminGrant } from './read-admin-grant'
import { readAdminPerson } from './read-admin-person'
import { openSearch } from './sealed-search'

const OWN = 'http://localhost:3001'
const support: Viewer = { id: 'user_support', name: 'Sam', email: 'sam@example.com', role: 'admin' }

function post(fields: Record<string, string>, origin: string | null = OWN): Request {
	return new Request(`${OWN}/api/admin/x`, {
		method: 'POST',
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			...(origin === null ? {} : { origin }),
		},
		body: new URLSearchParams(fields).toString(),
	})
}

async function aGrant() {
	const buyer = await makeLinkedBuyer()
	const revision = aRevision(buyer)
	await apply(revision)
	return { ...buyer, revision, grantId: (await readGrantOf(revision))?.id ?? '' }
}

/** As the page of a grant that was just applied makes them. */
const fresh = () => ({ press: crypto.randomUUID(), stateVersion: '1' })

const actions = { handleSearch, handleAnswerAgain, handleUnlink }

describe.each(Object.entries(actions))('%s', (_name, handle) => {
	it('is for administrators, from a page of this app', async () => {
		const { owner, revision, grantId } = await aGrant()
		const fields = {
			in: 'grants',
			grantId,
			sellerUserId: owner.userId,
			linkRevision: '1',
			...fresh(),
			reason: 'a good reason',
		}
		const statusOf = async (request: Request, viewer: Viewer | null) => (await handle(request, viewer)).status
		expect(await statusOf(post(fields, 'https://evil.example'), support)).toBe(403)
		expect(await statusOf(post(fields, null), support)).toBe(403)
		expect(await statusOf(post(fields), { ...support, role: 'user' })).toBe(404)
		const signedOut = await handle(post(fields), null)
		expect(signedOut.headers.get('location')).toBe('/sign-in?callbackUrl=%2Fadmin')
		expect(await readGrantOf(revision)).toMatchObject({ stateVersion: 1 })
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 1 })
		// Control: the same form does something for who may.
		expect(await statusOf(post(fields), support)).toBe(303)
	})
})

describe('answer again', () => {
	it('is done with a reason, and audited with who asked', async () => {
		const { revision, grantId } = await aGrant()
		const response = await handleAnswerAgain(
			post({ grantId, ...fresh(), reason: 'ada@example.com wrote twice' }),
			support,
		)
		expect(response.headers.get('location')).toBe(`/admin/grants/${grantId}?outcome=answered-now`)
		expect((await readGrantOf(revision))?.stateVersion).toBeGreaterThan(1)
		expect((await auditedOf(grantId)).find((row) => row.action === 'grant.retried')).toMatchObject({
			actor: 'user:user_support',
			data: { reason: '[email] wrote twice' },
		})
	})

	it('does nothing from a page that is out of date, or that somebody made up', async () => {
		const { revision, grantId } = await aGrant()
		const odds: Record<string, string>[] = [
			{},
			{ press: 'x' },
			{ press: 'x', stateVersion: '9' },
			{ press: 'x', stateVersion: 'y' },
		]
		for (const odd of odds) {
			const response = await handleAnswerAgain(post({ grantId, reason: 'why not', ...odd }), support)
			expect(response.headers.get('location')).toBe(`/admin/grants/${grantId}?outcome=grant-changed`)
		}
		expect(await readGrantOf(revision)).toMatchObject({ stateVersion: 1 })
	})

	it('needs a reason, and a grant that is there', async () => {
		const { revision, grantId } = await aGrant()
		for (const reason of ['', '  ', 'x']) {
			const response = await handleAnswerAgain(post({ grantId, ...fresh(), reason }), support)
			expect(response.headers.get('location')).toBe(`/admin/grants/${grantId}?outcome=reason-missing`)
		}
		expect(await readGrantOf(revision)).toMatchObject({ stateVersion: 1 })
		const nowhere = await handleAnswerAgain(post({ grantId: '../x', ...fresh(), reason: 'why not' }), support)
		expect(nowhere.headers.get('location')).toBe('/admin/grants/..%2Fx')
		expect((await handleAnswerAgain(post({ reason: 'why not' }), support)).headers.get('location')).toBe(
			'/admin/grants',
		)
	})
})

describe('unlink by support', () => {
	const fieldsOf = (owner: { userId: string }, user: { id: string }) => ({
		sellerUserId: owner.userId,
		linkRevision: '1',
		person: user.id,
		reason: 'asked by phone',
	})

	it('ends the link; what it opened stays open, and no sign-in joins the two again', async () => {
		const { owner, user } = await aGrant()
		const response = await handleUnlink(post({ ...fieldsOf(owner, user), claims: 'keep' }), support)
		expect(response.headers.get('location')).toBe(`/admin/people/${user.id}?outcome=unlinked`)
		expect(await readLinkOf(owner.userId)).toMatchObject({
			userId: null,
			unlinkedBy: 'user',
			linkRevision: 2,
		})
		expect(await openRowsOf(user.id)).toHaveLength(1)
		expect((await auditedOf(owner.userId)).at(-1)).toMatchObject({
			action: 'link.unlinked',
			actor: 'user:user_support',
			data: { reason: 'asked by phone', released: false },
		})
		expect((await readAdminPerson({ id: user.id }))?.person.undone).toHaveLength(1)
	})

	it('closes what a link opened that was somebody else’s doing', async () => {
		const { owner, user, revision } = await aGrant()
		await handleUnlink(post({ ...fieldsOf(owner, user), claims: 'release' }), support)
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, unlinkedBy: 'not-me' })
		expect(await readGrantOf(revision)).toMatchObject({ status: 'pending', userId: null })
		expect(await openRowsOf(user.id)).toHaveLength(0)
	})

	it('touches no other link than the one that was looked at, and nothing without a reason', async () => {
		const { owner, user } = await aGrant()
		const fields = fieldsOf(owner, user)
		for (const [changed, outcome] of [
			[{ linkRevision: '7' }, 'changed-meanwhile'],
			[{ reason: ' ' }, 'reason-missing'],
		] as const) {
			const response = await handleUnlink(post({ ...fields, ...changed }), support)
			expect(response.headers.get('location')).toBe(`/admin/people/${user.id}?outcome=${outcome}`)
		}
		for (const linkRevision of ['', 'x', '0', '1.5']) {
			const response = await handleUnlink(post({ ...fields, linkRevision }), support)
			expect(response.headers.get('location')).toBe('/admin/people')
		}
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id, linkRevision: 1 })
	})
})

describe('a search', () => {
	it('leads to an ordinary page, whose address names nobody', async () => {
		const fields = { in: 'grants', q: 'Ada@Example.com', state: 'granted', period: '', attention: '1' }
		const location = (await handleSearch(post(fields), support)).headers.get('location') ?? ''
		expect(location).not.toMatch(/ada|@|%40/i)
		const query = Object.fromEntries(new URL(location, OWN).searchParams)
		expect(query).toMatchObject({ state: 'granted', attention: '1' })
		expect(openSearch(query.q ?? '', env.AUTH_SECRET)).toBe('Ada@Example.com')
		const people = await handleSearch(post({ in: 'people', q: 'user_1' }), support)
		expect(people.headers.get('location')).toBe('/admin/people?q=user_1')
		expect((await handleSearch(post({ in: 'people', q: ' ' }), support)).headers.get('location')).toBe(
			'/admin/people',
		)
	})

	it('finds by an address that is sealed, and says so when it can’t be read', async () => {
		const { owner, user, grantId } = await aGrant()
		const location = (await handleSearch(post({ in: 'grants', q: owner.email }), support)).headers.get(
			'location',
		)
		const query = Object.fromEntries(new URL(location ?? '', OWN).searchParams)
		const page = await listAdminGrants(query)
		expect(page).toMatchObject({ search: owner.email, grants: [{ grantId }], nextHref: null })
		expect(page.grants[0]?.courseName).toMatch(/^Course /)
		expect(await listAdminGrants({ q: '~nonsense' })).toMatchObject({ search: null, grants: [] })
		expect((await findAdminPeople({ q: query.q ?? '' })).people).toMatchObject([{ id: user.id }])
		expect(await findAdminPeople({ q: '' })).toEqual({ search: '', people: [] })
	})
})

describe('the pages of one grant and one person', () => {
	it('show this app’s half while the other one is away', async () => {
		const { owner, user, grantId, revision } = await aGrant()
		const page = await readAdminGrant({ grantId })
		expect(page).toMatchObject({
			grant: {
				status: 'active',
				desired: { state: 'granted', revision: 1 },
				owner: { userId: owner.userId, proven: true, linkedTo: { userId: user.id } },
				claim: { userId: user.id, email: user.email, linkRevision: 1 },
				entitlements: [{ userId: user.id, closedAt: null }],
				mails: [{ template: 'access-granted', state: 'waiting' }],
				answered: [],
			},
			purchaseHref: `http://localhost:3000/admin/syncs/${revision.purchaseId}`,
		})
		expect(page?.timelines.here.map((row) => row.action)).toEqual(['grant.applied'])
		expect(page?.timelines.there.reached).toBe(false)

		const person = await readAdminPerson({ id: user.id })
		expect(person).toMatchObject({
			account: { role: 'user', purchases: [], entitlements: [{ sourceType: 'CROSS_APP_GRANT' }] },
			sellerHref: `http://localhost:3000/admin/people/${owner.userId}`,
			timelines: { there: { reached: false } },
		})
		expect(await readAdminGrant({ grantId: 'nothing' })).toBeNull()
		expect(await readAdminPerson({ id: 'nobody' })).toBeNull()
	})

	it('and alerts come with what they mean', async () => {
		const { alerts, kinds } = await listAdminAlerts({ kind: '', after: '' })
		for (const alert of alerts) expect(alert.description.whatToDo).not.toBe('')
		expect(kinds.length).toBeLessThanOrEqual(100)
	})
})
