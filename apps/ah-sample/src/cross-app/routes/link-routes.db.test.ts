import { and, eq, gte, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { safeReturnPath } from '@/components/safe-return-path'
import { bridge, context, db, env } from '../host'
import { confirmLink } from '../links/confirm-link'
import { createFormToken } from '../links/form-token'
import { readLiveLink } from '../links/read-live-link'
import { reviewLink } from '../links/review-link'
import { auditEvents } from '../schema'
import {
	apply,
	aRevision,
	aToken,
	auditedOf,
	makeOwner,
	makeUnlinkedBuyer,
	makeUser,
	openRowsOf,
	randomId,
	readLinkOf,
} from '../testing/fixtures'
import { sellerBridge } from '../testing/seller'
import { handleLinkAccept, type RouteSession } from './link-accept'
import { handleLinkConfirm } from './link-confirm'
import { linkCookie, setCookie, undoCookie } from './link-cookies'
import { handleUndo, handleUndoOpen } from './link-undo'

const BASE = 'http://localhost:3001'

type Owner = { userId: string; email: string }

const tokenOf = (owner: Owner, returnTo: string | null = null) =>
	sellerBridge.createLinkToken({
		tokenId: randomId('token'),
		sellerUserId: owner.userId,
		sellerEmail: owner.email,
		sellerName: 'Ada',
		returnTo,
	})

const aSession = (userId: string) => ({ userId, sessionToken: randomId('session') })

async function formTokenFor(session: NonNullable<RouteSession>, token: string): Promise<string> {
	const { tokenId } = await bridge.verifyLinkToken(token)
	return createFormToken({ secret: env.AUTH_SECRET, sessionToken: session.sessionToken, tokenId })
}

/** A posted form of the review page, as this browser would send it; what is given instead makes it another one. */
async function accept(input: {
	token: string | null
	session: RouteSession
	formToken?: string
	origin?: string
	body?: string
}): Promise<Response> {
	const { token, session } = input
	const formToken =
		input.formToken ?? (token === null || session === null ? '' : await formTokenFor(session, token))
	const request = new Request(`${BASE}/account-link/accept`, {
		method: 'POST',
		headers: {
			origin: input.origin ?? BASE,
			'content-type': input.body === undefined ? 'application/x-www-form-urlencoded' : 'application/json',
			...(token === null ? {} : { cookie: `other=1; ah-test.account-link=${token}` }),
		},
		body: input.body ?? new URLSearchParams({ formToken }).toString(),
	})
	return handleLinkAccept(request, { session, safeReturnPath })
}

const locationOf = (response: Response) => response.headers.get('location')

async function refusalsSince(since: Date, refusal: string): Promise<number> {
	const rows = await db
		.select({ data: auditEvents.data })
		.from(auditEvents)
		.where(and(eq(auditEvents.action, 'link.refused'), gte(auditEvents.at, since)))
	return rows.filter(({ data }) => data.refusal === refusal).length
}

describe('GET /account-link/confirm', () => {
	it('moves the token from the address into a cookie that no script reads', async () => {
		const token = await tokenOf(makeOwner())
		const response = await handleLinkConfirm(new Request(`${BASE}/account-link/confirm?token=${token}`))

		expect(response.status).toBe(303)
		expect(locationOf(response)).toBe('/account-link/review')
		expect(response.headers.get('referrer-policy')).toBe('no-referrer')
		expect(response.headers.get('cache-control')).toBe('no-store')
		expect(response.headers.get('set-cookie')).toBe(
			`ah-test.account-link=${token}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax`,
		)
	})

	it('over HTTPS the browser itself guards the cookie’s name', () => {
		for (const cookie of [linkCookie, undoCookie]) {
			const { name, options } = cookie({ url: 'https://ah.example', prefix: 'ah' })
			expect(name).toMatch(/^__Host-ah\./)
			expect(options).toMatchObject({ secure: true, httpOnly: true, path: '/', sameSite: 'lax' })
		}
		expect(setCookie(linkCookie({ url: 'https://ah.example', prefix: 'ah' }), 'x')).toMatch(/; Secure$/)
	})

	it.each(['', 'nonsense', 'a.b.c'])(
		'leads from an invalid token (%s) to a clear page, audited',
		async (token) => {
			const since = new Date(Date.now() - 60_000)
			const response = await handleLinkConfirm(new Request(`${BASE}/account-link/confirm?token=${token}`))
			expect(locationOf(response)).toBe('/account-link/problem?reason=token-invalid')
			expect(response.headers.get('set-cookie')).toBeNull()
			expect(await refusalsSince(since, 'token-invalid')).toBeGreaterThan(0)
		},
	)

	it('links nothing by itself (case 24)', async () => {
		const owner = makeOwner()
		await handleLinkConfirm(new Request(`${BASE}/account-link/confirm?token=${await tokenOf(owner)}`))
		expect(await readLinkOf(owner.userId)).toBeUndefined()
	})
})

describe('the review page', () => {
	it('shows both identities and what waits, to the person signed in here', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		expect(await reviewLink(context, { token: await tokenOf(owner), userId: user.id })).toMatchObject({
			kind: 'review',
			seller: { name: 'Ada', email: owner.email },
			viewer: { email: user.email },
			waitingCourseTitles: ['A course'],
			alreadyLinked: false,
		})
	})

	it('asks to sign in first, and then shows whoever is signed in', async () => {
		const owner = makeOwner()
		expect(await reviewLink(context, { token: await tokenOf(owner), userId: null })).toEqual({
			kind: 'sign-in',
			seller: { name: 'Ada', email: owner.email },
		})
	})

	it('says at once what can’t be linked, audited (case 25)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const other = await makeUser()
		expect(await reviewLink(context, { token: await tokenOf(owner), userId: other.id })).toEqual({
			kind: 'refused',
			refusal: 'seller-linked-elsewhere',
		})
		expect(await reviewLink(context, { token: await tokenOf(makeOwner()), userId: user.id })).toEqual({
			kind: 'refused',
			refusal: 'granter-linked-elsewhere',
		})
		expect(await auditedOf(owner.userId)).toMatchObject([
			{ action: 'link.linked' },
			{ action: 'link.refused', data: { refusal: 'seller-linked-elsewhere', userId: other.id } },
		])
	})

	it('knows a pair that is linked, and a token that was used', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const token = await tokenOf(owner)
		await accept({ token, session: aSession(user.id) })
		expect(await reviewLink(context, { token, userId: user.id })).toMatchObject({ alreadyLinked: true })
		await db.execute(
			sql`UPDATE AI_AccountLink SET userId = NULL, formerUserId = ${user.id}, linkRevision = 2, unlinkedBy = 'user' WHERE linkedUserId = ${owner.userId}`,
		)
		expect(await reviewLink(context, { token, userId: user.id })).toMatchObject({ refusal: 'token-used' })
	})
})

describe('POST /account-link/accept', () => {
	it('links, claims, takes the cookie away and leads on', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))

		const response = await accept({ token: await tokenOf(owner), session: aSession(user.id) })

		expect(response.status).toBe(303)
		expect(locationOf(response)).toBe('/account-link/done')
		expect(response.headers.get('set-cookie')).toContain('ah-test.account-link=; Path=/; Max-Age=0')
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id })
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it.each([
		['/courses/evals', '/courses/evals'],
		['//evil.example', '/profile'],
		['https://evil.example', '/profile'],
		['\\\\evil.example', '/profile'],
	])('goes on only to a path of this app: %s (case 32)', async (returnTo, path) => {
		const { owner, user } = await makeUnlinkedBuyer()
		const response = await accept({ token: await tokenOf(owner, returnTo), session: aSession(user.id) })
		expect(locationOf(response)).toBe(`/account-link/done?returnTo=${encodeURIComponent(path)}`)
	})

	it.each([
		['another site’s form', { origin: 'http://evil.test' }],
		['the form of the other app', { origin: 'http://localhost:3000' }],
		['a form without an origin that counts', { origin: 'null' }],
		['a form without the page’s field', { formToken: '' }],
		['a form with an invented field', { formToken: 'x'.repeat(43) }],
		['a body that is no form', { body: '{}' }],
	])('does nothing for %s (case 24), audited', async (_name, changed) => {
		const { owner, user } = await makeUnlinkedBuyer()
		const since = new Date(Date.now() - 60_000)
		const response = await accept({ token: await tokenOf(owner), session: aSession(user.id), ...changed })
		expect(locationOf(response)).toBe('/account-link/problem?reason=form-expired')
		expect((await readLinkOf(owner.userId))?.userId ?? null).toBeNull()
		expect(await readLiveLink(context, { userId: user.id })).toBeNull()
		expect(await refusalsSince(since, 'form-expired')).toBeGreaterThan(0)
	})

	it('does nothing with the form of another session, or of another token', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const token = await tokenOf(owner)
		const [mine, attackers] = [aSession(user.id), aSession((await makeUser()).id)]
		const ofAnother = [await formTokenFor(attackers, token), await formTokenFor(mine, await tokenOf(owner))]
		for (const formToken of ofAnother) {
			const response = await accept({ token, session: mine, formToken })
			expect(locationOf(response)).toBe('/account-link/problem?reason=form-expired')
		}
		expect((await readLinkOf(owner.userId))?.userId ?? null).toBeNull()
		// The control: the person's own form links.
		expect(locationOf(await accept({ token, session: mine }))).toBe('/account-link/done')
	})

	it('sends who is signed out back to the review page, and keeps the token', async () => {
		const owner = makeOwner()
		const response = await accept({ token: await tokenOf(owner), session: null })
		expect(locationOf(response)).toBe('/account-link/review')
		expect(response.headers.get('set-cookie')).toBeNull()
		expect((await readLinkOf(owner.userId))?.userId ?? null).toBeNull()
	})

	it('ends well in a second tab, and for a second click', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const [token, session] = [await tokenOf(owner), aSession(user.id)]
		const clicks = await Promise.all([accept({ token, session }), accept({ token, session })])
		expect(clicks.map(locationOf)).toEqual(['/account-link/done', '/account-link/done'])
		expect(locationOf(await accept({ token: null, session }))).toBe('/account-link/done')
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 1 })
	})

	it('tells who has no token where to start', async () => {
		const response = await accept({ token: null, session: aSession((await makeUser()).id) })
		expect(locationOf(response)).toBe('/account-link/problem?reason=token-invalid')
	})

	it.each(['not-a-token', 'eyJhbGciOiJub25lIn0.e30.'])(
		'refuses a made-up cookie: %s (case 23)',
		async (token) => {
			const response = await accept({ token, session: aSession((await makeUser()).id), formToken: 'x' })
			expect(locationOf(response)).toBe('/account-link/problem?reason=token-invalid')
		},
	)

	it('refuses a "this wasn’t me" as a link token, and the other way round', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const undo = await bridge.createUndoToken({ sellerUserId: owner.userId, linkRevision: 1 })
		const response = await accept({ token: undo, session: aSession(user.id), formToken: 'x' })
		expect(locationOf(response)).toBe('/account-link/problem?reason=token-invalid')
		const opened = await handleUndoOpen(
			new Request(`${BASE}/account-link/not-me?token=${await tokenOf(owner)}`),
		)
		expect(locationOf(opened)).toBe('/account-link/problem?of=undo&reason=token-invalid')
	})
})

describe('/account-link/not-me', () => {
	const undo = (token: string | null, origin = BASE) =>
		handleUndo(
			new Request(`${BASE}/account-link/not-me`, {
				method: 'POST',
				headers: { origin, ...(token === null ? {} : { cookie: `ah-test.account-link-undo=${token}` }) },
			}),
		)

	async function aLink() {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const token = await bridge.createUndoToken({ sellerUserId: owner.userId, linkRevision: 1 })
		return { owner, user, token }
	}

	it('asks first: opening the mail’s link undoes nothing', async () => {
		const { owner, user, token } = await aLink()
		const response = await handleUndoOpen(new Request(`${BASE}/account-link/not-me?token=${token}`))
		expect(locationOf(response)).toBe('/account-link/undo')
		expect(response.headers.get('set-cookie')).toContain(`ah-test.account-link-undo=${token}; `)
		expect(response.headers.get('referrer-policy')).toBe('no-referrer')
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id })
	})

	it('ends the link at the button, without a session, and does so once', async () => {
		const { owner, token } = await aLink()
		expect(locationOf(await undo(token))).toBe('/account-link/undone?outcome=unlinked')
		expect(locationOf(await undo(token))).toBe('/account-link/undone?outcome=unchanged')
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, unlinkedBy: 'not-me' })
	})

	it.each([
		['another site', 'http://evil.test', 'form-expired'],
		['nobody’s token', null, 'token-invalid'],
	])('does nothing for %s', async (_name, origin, reason) => {
		const { owner, user, token } = await aLink()
		const response = origin === null ? await undo(null) : await undo(token, origin)
		expect(locationOf(response)).toBe(`/account-link/problem?of=undo&reason=${reason}`)
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id })
	})
})
