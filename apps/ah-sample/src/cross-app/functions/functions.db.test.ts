import { crossAppEvents, isCrossAppEventName } from '@cross-app/shared'
import { and, eq, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyRevision } from '../grants/apply-revision'
import { context, db } from '../host'
import { accountLinks, auditEvents } from '../schema'
import { aRevision, makeLinkedBuyer, makeOwner, openRowsOf, randomId, readGrantOf } from '../testing/fixtures'
import { type FunctionServer, serveFunctions } from '../testing/run-function'
import { bundlePurchased, entitlementRevoke, fromSeller } from '../testing/seller'
import { crossAppFunctions } from '.'

let functions: FunctionServer
beforeAll(async () => {
	functions = await serveFunctions()
})
afterAll(() => functions.close())

/** What arrived at Total TypeScript's event API (tests/setup), about one sync. */
function answersFor(purchaseId: string) {
	const received = (
		globalThis as { receivedEvents?: { event: { name: string; data: Record<string, unknown> } }[] }
	).receivedEvents
	return (received ?? []).map(({ event }) => event).filter(({ data }) => data.syncId === `sync_${purchaseId}`)
}

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

describe('every registered function with a trigger that crosses the apps', () => {
	const crossing = crossAppFunctions.flatMap((candidate) => {
		const { id, triggers } = candidate.opts as { id: string; triggers?: { event?: string }[] }
		return (triggers ?? [])
			.map((trigger) => trigger.event)
			.filter((event): event is string => event !== undefined && isCrossAppEventName(event))
			.map((event) => ({ id, event }))
	})

	it('there are some, and each event that comes from the seller about a purchase has one', () => {
		expect(crossing.map(({ event }) => event)).toEqual(
			expect.arrayContaining(['bundle/purchased', 'entitlement/revoke']),
		)
		expect(Object.keys(crossAppEvents)).toEqual(expect.arrayContaining(crossing.map(({ event }) => event)))
	})

	it.each(crossing)('$id does nothing with an unsigned $event', async ({ id, event }) => {
		const bought = await purchase()
		const links = await countLinks()
		const data =
			event === 'entitlement/revoke' ? entitlementRevoke(bought).data : bundlePurchased(bought).data

		const result = await functions.run(id, { id: randomId('event'), name: event, data })

		expect(result.status).toBe('failed')
		expect(await readGrantOf(aRevision(bought))).toBeNull()
		expect(await countLinks()).toBe(links)
		expect(answersFor(bought.purchaseId)).toEqual([])
	})
})

async function countLinks(): Promise<number> {
	return (await db.select({ id: accountLinks.id }).from(accountLinks)).length
}
