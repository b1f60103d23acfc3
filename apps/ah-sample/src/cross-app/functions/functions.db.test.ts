import { type CrossAppEvent, crossAppEvents } from '@cross-app/shared'
import { and, eq, inArray, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receivedEvents } from '../../../tests/setup/event-api'
import { applyRevision } from '../grants/apply-revision'
import { context, db } from '../host'
import { confirmLink } from '../links/confirm-link'
import { undoLink } from '../links/undo-link'
import { unlinkOwn } from '../links/unlink-own'
import { auditEvents, outbox } from '../schema'
import {
	aRevision,
	aToken,
	makeLinkedBuyer,
	makeOwner,
	makeProviderAccount,
	makeUnlinkedBuyer,
	makeUser,
	openRowsOf,
	queuedEmails,
	randomId,
	readGrantOf,
	readLinkOf,
} from '../testing/fixtures'
import { type FunctionServer, serveFunctions } from '../testing/run-function'
import { bundlePurchased, entitlementRevoke, fromSeller } from '../testing/seller'
import { crossAppFunctions } from '.'

let functions: FunctionServer
beforeAll(async () => {
	functions = await serveFunctions()
})
afterAll(() => functions.close())

/** What arrived at Total TypeScript's event API (tests/setup): the same server takes in-app events, under another key. */
const sent = () => receivedEvents().flatMap(({ path, event }) => (path.endsWith('/tt-key') ? [event] : []))

/** About one sync. */
const answersFor = (purchaseId: string) => sent().filter(({ data }) => data.syncId === `sync_${purchaseId}`)

/** About the link of one buyer. */
const toldAbout = (linkedUserId: string) =>
	sent().filter(({ name, data }) => name.startsWith('account/') && data.linkedUserId === linkedUserId)

async function purchase() {
	const buyer = await makeLinkedBuyer()
	return { ...buyer, purchaseId: randomId('purchase') }
}

const run = (event: { id: string; name: string; data: unknown }) =>
	functions.run(event.name === 'bundle/purchased' ? 'handle-bundle-purchase' : 'handle-revocation', event)

async function rejections(code: string): Promise<number> {
	const rows = await db
		.select({ id: auditEvents.id })
		.from(auditEvents)
		.where(and(eq(auditEvents.action, 'event.rejected'), like(auditEvents.subject, `%:${code}`)))
	return rows.length
}

describe('handle-bundle-purchase and handle-revocation', () => {
	it('open the course and answer with what stands', async () => {
		const bought = await purchase()

		expect(await run(await fromSeller(bundlePurchased(bought)))).toEqual({ status: 'completed' })

		expect(await openRowsOf(bought.user.id)).toHaveLength(1)
		expect(answersFor(bought.purchaseId)).toMatchObject([
			{
				name: 'entitlement/granted',
				data: { status: 'active', revision: 1, stateVersion: 1, targetUserId: bought.user.id },
			},
		])
	})

	it('close it again and answer so', async () => {
		const bought = await purchase()
		await run(await fromSeller(bundlePurchased(bought)))

		await run(await fromSeller(entitlementRevoke(bought)))

		expect(await openRowsOf(bought.user.id)).toEqual([])
		expect(answersFor(bought.purchaseId).at(-1)).toMatchObject({
			name: 'entitlement/revoked',
			data: { status: 'revoked', revision: 2, entitlementIds: [] },
		})
	})

	it('answer a grant that came after its revoke with the revoke', async () => {
		const bought = await purchase()
		await run(await fromSeller(entitlementRevoke(bought)))
		await run(await fromSeller(bundlePurchased(bought)))
		expect(answersFor(bought.purchaseId).map(({ name, data }) => [name, data.revision])).toEqual([
			['entitlement/revoked', 2],
			['entitlement/revoked', 2],
		])
	})

	it('answer every repeat, because the first answer may have been lost', async () => {
		const bought = await purchase()
		const event = await fromSeller(bundlePurchased(bought))
		await run(event)
		await run(event)
		expect(answersFor(bought.purchaseId)).toHaveLength(2)
		expect(await openRowsOf(bought.user.id)).toHaveLength(1)
	})

	it('refuse an unknown product for good, with a reason and an alert', async () => {
		const owner = makeOwner()
		const unknown = { owner, productId: randomId('product'), purchaseId: randomId('purchase') }

		expect(await run(await fromSeller(bundlePurchased(unknown)))).toEqual({ status: 'completed' })

		expect(answersFor(unknown.purchaseId)).toMatchObject([
			{ name: 'entitlement/failed', data: { revision: 1, code: 'unknown-product' } },
		])
		const alerts = await db
			.select()
			.from(auditEvents)
			.where(
				and(eq(auditEvents.action, 'alert.revision-refused'), eq(auditEvents.purchaseId, unknown.purchaseId)),
			)
		expect(alerts).toHaveLength(1)
	})

	it('apply once the product is in the catalogue and the seller tries again', async () => {
		const bought = await purchase()
		const missing = { ...bought, productId: randomId('product') }
		await run(await fromSeller(bundlePurchased(missing)))
		await db.execute(sql`INSERT INTO AI_Product (id, name) VALUES (${missing.productId}, 'Added later')`)

		await run(await fromSeller(bundlePurchased({ ...missing, revision: 2 })))

		expect(answersFor(bought.purchaseId).map(({ name }) => name)).toEqual([
			'entitlement/failed',
			'entitlement/granted',
		])
	})

	it('keep trying to answer while Total TypeScript’s event API is down, without applying again', async () => {
		const bought = await purchase()
		const status = globalThis as { eventApiStatus?: number }
		status.eventApiStatus = 503
		try {
			expect(await run(await fromSeller(bundlePurchased(bought)))).toMatchObject({ status: 'retry' })
		} finally {
			status.eventApiStatus = 200
		}
		expect(await openRowsOf(bought.user.id)).toHaveLength(1)
	})
})

describe('events that are not genuine', () => {
	const forgeries: Record<
		string,
		(event: ReturnType<typeof bundlePurchased>) => Promise<{ id: string; name: string; data: unknown }>
	> = {
		'without a proof': async (event) => ({ id: randomId('event'), ...event }),
		'with another address in the readable copy': async (event) => {
			const signed = await fromSeller(event)
			const owner = { ...event.data.owner, email: 'attacker@example.com' }
			return { ...signed, data: { ...signed.data, owner } }
		},
		'with another owner in the readable copy': async (event) => {
			const signed = await fromSeller(event)
			return { ...signed, data: { ...signed.data, owner: { ...event.data.owner, userId: 'someone' } } }
		},
		'with the proof of another event': async (event) => {
			const signed = await fromSeller(event)
			const other = await fromSeller({ ...event, data: { ...event.data, revision: 9 } })
			return { ...signed, data: { ...signed.data, proof: other.data.proof } }
		},
		'with the proof of the same event under another id': async (event) => ({
			...(await fromSeller(event)),
			id: randomId('event'),
		}),
	}

	it.each(Object.entries(forgeries))('are rejected for good when they come %s', async (_name, forge) => {
		const bought = await purchase()
		const before = await rejections('forged-event')

		const result = await run(await forge(bundlePurchased(bought)))

		expect(result).toMatchObject({ status: 'failed' })
		expect(await openRowsOf(bought.user.id)).toEqual([])
		expect(await readGrantOf(aRevision(bought))).toBeNull()
		expect(answersFor(bought.purchaseId)).toEqual([])
		expect(await rejections('forged-event')).toBe(before + 1)
	})

	const strangers: Record<string, Parameters<typeof fromSeller>[1]> = {
		'signed with a secret that is not known here': {
			secrets: { current: 'another-secret-that-nobody-here-has-heard-of' },
		},
		'made for another environment': { environment: 'staging' },
		'made for the other app': { to: 'total-typescript' },
		'signed by this app itself': { from: 'ai-hero', to: 'total-typescript' },
	}

	it.each(Object.entries(strangers))(
		'open nothing when they were %s; each key has one use, so it might be one that arrives in a rotation',
		async (_name, changed) => {
			const bought = await purchase()
			const event = await fromSeller(bundlePurchased(bought), changed)

			expect(await run(event)).toMatchObject({ status: 'retry' })

			expect(await openRowsOf(bought.user.id)).toEqual([])
			expect(await readGrantOf(aRevision(bought))).toBeNull()
			const postponed = await db
				.select({ data: auditEvents.data })
				.from(auditEvents)
				.where(eq(auditEvents.action, 'event.postponed'))
			expect(postponed.filter(({ data }) => data.eventId === event.id)).toHaveLength(1)
		},
	)

	it('change nothing when an old valid event is replayed', async () => {
		const bought = await purchase()
		const old = await fromSeller(bundlePurchased(bought))
		await run(old)
		await run(await fromSeller(entitlementRevoke(bought)))

		await run(old)

		expect(await openRowsOf(bought.user.id)).toEqual([])
		expect(answersFor(bought.purchaseId).at(-1)).toMatchObject({ name: 'entitlement/revoked' })
	})

	it('are alerted once an hour, however many come', async () => {
		const bought = await purchase()
		for (let count = 0; count < 3; count += 1)
			await run({ id: randomId('event'), ...bundlePurchased(bought) })
		const alerts = await db
			.select()
			.from(auditEvents)
			.where(
				and(
					eq(auditEvents.action, 'alert.event-rejected'),
					eq(auditEvents.subject, 'bundle/purchased:forged-event'),
				),
			)
		expect(alerts).toHaveLength(1)
	})

	it('control: the same data, applied without asking for its proof, would open the course', async () => {
		const bought = await purchase()
		await applyRevision(context, aRevision(bought))
		expect(await openRowsOf(bought.user.id)).toHaveLength(1)
	})
})

/** What Total TypeScript sends here; every other event of the apps goes the other way, or stays inside this one. */
const fromTheSeller = [
	'bundle/purchased',
	'entitlement/revoke',
	'account/unlink-requested',
	'user/oauth-login',
] as const

const registered = crossAppFunctions.flatMap((candidate) => {
	const { id, triggers } = candidate.opts as { id: string; triggers?: { event?: string }[] }
	return (triggers ?? []).flatMap(({ event }) => (event === undefined ? [] : [{ id, event }]))
})

describe('every registered function', () => {
	const crossing = registered.filter(({ event }) => fromTheSeller.some((name) => name === event))
	const inApp = registered.filter(({ event }) => !fromTheSeller.some((name) => name === event))

	it('each event of the seller has one function, and no function listens to an answer of our own', () => {
		expect(crossing.map(({ event }) => event).sort()).toEqual([...fromTheSeller].sort())
		expect(inApp.map(({ event }) => event).sort()).toEqual([
			'account/linked',
			'account/unlinked',
			'email/requested',
			'user/signed-in',
		])
		expect(Object.keys(crossAppEvents)).toEqual(expect.arrayContaining([...fromTheSeller]))
	})

	it.each(crossing)('$id does nothing with an unsigned $event', async ({ id, event }) => {
		const bought = await purchase()
		const stranger = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: stranger.user.id })
		const at = new Date()
		const unsigned = {
			'bundle/purchased': bundlePurchased(bought).data,
			'entitlement/revoke': entitlementRevoke(bought).data,
			'account/unlink-requested': {
				v: 1,
				linkRevision: 1,
				userId: bought.user.id,
				linkedUserId: bought.owner.userId,
				by: 'user',
				release: true,
			},
			'user/oauth-login': {
				v: 1,
				userId: stranger.owner.userId,
				provider: 'github',
				providerAccountId,
				at: at.toISOString(),
				expiresAt: new Date(at.getTime() + 600_000).toISOString(),
			},
		}[event as (typeof fromTheSeller)[number]]

		const result = await functions.run(id, { id: randomId('event'), name: event, data: unsigned })

		expect(result.status).toBe('failed')
		expect(await readGrantOf(aRevision(bought))).toBeNull()
		expect(answersFor(bought.purchaseId)).toEqual([])
		expect(await readLinkOf(bought.owner.userId)).toMatchObject({ userId: bought.user.id, linkRevision: 1 })
		expect(await readLinkOf(stranger.owner.userId)).toBeUndefined()
	})

	it('an in-app event says only where to look: what else it carries is not believed', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const claim = {
			v: 1,
			linkRevision: 1,
			linkedUserId: owner.userId,
			userId: user.id,
			linkMethod: 'explicit',
		}
		for (const name of ['account/linked', 'account/unlinked']) {
			const id = name === 'account/linked' ? 'claim-pending-entitlements' : 'emit-account-unlinked'
			const result = await functions.run(id, { id: randomId('event'), name, data: claim })
			expect(result).toEqual({ status: 'completed' })
		}
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, linkRevision: 0 })
		expect(toldAbout(owner.userId)).toEqual([])
	})

	it.each(inApp)('$id gives up on a $event without its ids', async ({ id, event }) => {
		const result = await functions.run(id, { id: randomId('event'), name: event, data: {} })
		expect(result).toMatchObject({ status: 'failed' })
	})
})

describe('the functions of links', () => {
	const signed = (event: CrossAppEvent) => fromSeller(event)
	const linked = async () => {
		const buyer = await makeUnlinkedBuyer()
		const revision = aRevision(buyer)
		await applyRevision(context, revision)
		await confirmLink(context, { token: aToken(buyer.owner), userId: buyer.user.id })
		return { ...buyer, revision }
	}
	const inAppLink = (name: string, linkedUserId: string, linkRevision: number) => ({
		id: randomId('event'),
		name,
		data: { linkedUserId, linkRevision },
	})

	it('claim-pending-entitlements tells the seller of the link and of what it claimed', async () => {
		const { owner, user, revision } = await linked()

		const event = inAppLink('account/linked', owner.userId, 1)
		expect(await functions.run('claim-pending-entitlements', event)).toEqual({ status: 'completed' })

		expect(toldAbout(owner.userId)).toMatchObject([
			{
				name: 'account/linked',
				data: {
					linkRevision: 1,
					userId: user.id,
					linkMethod: 'explicit',
					linkedEmail: user.email.toLowerCase(),
				},
			},
		])
		expect(answersFor(revision.purchaseId)).toMatchObject([
			{ name: 'entitlement/granted', data: { status: 'active', stateVersion: 2, targetUserId: user.id } },
		])
	})

	it('claim-pending-entitlements claims what a repair left over, with the one mail', async () => {
		const { owner, user, revision } = await linked()
		await db.execute(
			sql`UPDATE AI_CrossAppGrant SET userId = NULL, status = 'pending', claimedByLinkRevision = NULL, entitlementIds = '[]' WHERE sourcePurchaseId = ${revision.purchaseId}`,
		)
		await functions.run('claim-pending-entitlements', inAppLink('account/linked', owner.userId, 1))
		expect(await readGrantOf(revision)).toMatchObject({ status: 'active', userId: user.id })
		expect(await queuedEmails(owner.userId)).toEqual(['access-claimed', 'account-linked'])
	})

	it('claim-pending-entitlements tells again while the seller can’t be reached, and claims once', async () => {
		const { owner, revision } = await linked()
		const status = globalThis as { eventApiStatus?: number }
		status.eventApiStatus = 503
		try {
			const event = inAppLink('account/linked', owner.userId, 1)
			expect(await functions.run('claim-pending-entitlements', event)).toMatchObject({ status: 'retry' })
		} finally {
			status.eventApiStatus = 200
		}
		expect(await readGrantOf(revision)).toMatchObject({ status: 'active', stateVersion: 2 })
	})

	it('emit-account-unlinked tells of the end and of what waits again', async () => {
		const { owner, user, revision } = await linked()
		const undo = { sellerUserId: owner.userId, linkRevision: 1 }
		await undoLink(context, { undo })

		const event = inAppLink('account/unlinked', owner.userId, 2)
		expect(await functions.run('emit-account-unlinked', event)).toEqual({ status: 'completed' })

		expect(toldAbout(owner.userId)).toMatchObject([
			{ name: 'account/unlinked', data: { linkRevision: 2, userId: user.id, by: 'not-me', released: true } },
		])
		expect(answersFor(revision.purchaseId)).toMatchObject([
			{ name: 'entitlement/granted', data: { status: 'pending', entitlementIds: [] } },
		])
	})

	it('what an older link held, once freed, is claimed by the live one, which can’t be made again', async () => {
		const { owner, user, revision } = await linked()
		await unlinkOwn(context, { userId: user.id })
		const rightful = await makeUser()
		await confirmLink(context, { token: aToken(owner), userId: rightful.id })
		expect(await openRowsOf(rightful.id)).toEqual([])

		const { outboxIds } = await undoLink(context, { undo: { sellerUserId: owner.userId, linkRevision: 1 } })
		const queued = await db.select().from(outbox).where(inArray(outbox.id, outboxIds))
		for (const { id, name, payload } of queued) {
			const functionId = name === 'account/linked' ? 'claim-pending-entitlements' : 'emit-account-unlinked'
			await functions.run(functionId, { id, name, data: payload })
		}

		expect(await readGrantOf(revision)).toMatchObject({ status: 'active', userId: rightful.id })
		expect(await openRowsOf(rightful.id)).toHaveLength(1)
		expect(await openRowsOf(user.id)).toEqual([])
		expect(answersFor(revision.purchaseId).at(-1)).toMatchObject({
			data: { status: 'active', targetUserId: rightful.id },
		})
	})

	it('handle-unlink-request ends the link it names and answers with the record, every time it is asked', async () => {
		const { owner, user } = await linked()
		const event = await signed({
			name: 'account/unlink-requested',
			data: {
				v: 1,
				linkRevision: 1,
				userId: user.id,
				linkedUserId: owner.userId,
				by: 'user',
				release: false,
			},
		})
		await functions.run('handle-unlink-request', event)
		await functions.run('handle-unlink-request', event)
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, linkRevision: 2 })
		expect(toldAbout(owner.userId).map(({ name, data }) => [name, data.linkRevision])).toEqual([
			['account/unlinked', 2],
			['account/unlinked', 2],
		])
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('handle-unlink-request answers with the newer link when an older one was meant', async () => {
		const { owner, user } = await linked()
		await unlinkOwn(context, { userId: user.id })
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await functions.run(
			'handle-unlink-request',
			await signed({
				name: 'account/unlink-requested',
				data: {
					v: 1,
					linkRevision: 1,
					userId: user.id,
					linkedUserId: owner.userId,
					by: 'user',
					release: false,
				},
			}),
		)
		expect(toldAbout(owner.userId)).toMatchObject([{ name: 'account/linked', data: { linkRevision: 3 } }])
	})

	it('check-oauth-autolink links by a signed sign-in, and does not try a refused one again', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		const login = (at: Date) =>
			signed({
				name: 'user/oauth-login',
				data: {
					v: 1,
					userId: owner.userId,
					provider: 'github',
					providerAccountId,
					at: at.toISOString(),
					expiresAt: new Date(at.getTime() + 600_000).toISOString(),
				},
			})
		const old = await login(new Date(Date.now() - 11 * 60_000))
		expect(await functions.run('check-oauth-autolink', old)).toEqual({ status: 'completed' })
		expect((await readLinkOf(owner.userId))?.userId ?? null).toBeNull()

		expect(await functions.run('check-oauth-autolink', await login(new Date()))).toEqual({
			status: 'completed',
		})
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id, linkMethod: 'oauth-github' })
	})

	it('emit-oauth-login tells of a sign-in of someone unlinked, and of nobody else', async () => {
		const user = await makeUser()
		const account = await makeProviderAccount({ userId: user.id })
		const linkedBuyer = await linked()
		const ofLinked = await makeProviderAccount({ userId: linkedBuyer.user.id })
		for (const each of [account, ofLinked]) {
			const event = {
				id: randomId('event'),
				name: 'user/signed-in',
				data: { ...each, at: new Date().toISOString() },
			}
			expect(await functions.run('emit-oauth-login', event)).toEqual({ status: 'completed' })
		}
		const logins = sent().filter(({ name }) => name === 'user/oauth-login')
		expect(logins.filter(({ data }) => data.userId === user.id)).toMatchObject([
			{ data: { provider: 'github', providerAccountId: account.providerAccountId } },
		])
		expect(logins.filter(({ data }) => data.userId === linkedBuyer.user.id)).toEqual([])
	})
})
