import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { and, eq, gte } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { context, db } from '../host'
import { recordRefusal } from '../links/record-refusal'
import { auditEvents } from '../schema'
import { apply, aRevision, makeLinkedBuyer, randomId } from '../testing/fixtures'
import { sellerBridge } from '../testing/seller'
import { type AlertCursor, listAlerts } from './list-alerts'
import { readPersonTimelines, readPurchaseTimelines } from './read-both-timelines'
import { recordAudit } from './record-audit'

describe('listAlerts', () => {
	it('goes through the alerts of one kind, newest first, each once', async () => {
		const kind = `test-${crypto.randomUUID().slice(0, 8)}`
		const at = new Date('2026-11-20T10:00:00.000Z')
		for (const subject of ['a', 'b', 'c', 'd', 'e']) {
			await recordAudit(db, { actor: 'test', action: `alert.${kind}`, subject, data: { subject } })
		}
		await db
			.update(auditEvents)
			.set({ at })
			.where(eq(auditEvents.action, `alert.${kind}`))
		const seen: string[] = []
		let after: AlertCursor | null = null
		do {
			const page: Awaited<ReturnType<typeof listAlerts>> = await listAlerts(context, {
				kind,
				after,
				limit: 2,
			})
			expect(page.kinds).toContain(kind)
			seen.push(...page.alerts.map((alert) => alert.subject))
			after = page.next
		} while (after !== null && seen.length < 20)
		expect([...seen].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
	})

	it('puts alerts of all kinds into one list, and nothing that is none', async () => {
		const subject = randomId('subject')
		for (const action of ['alert.test-one', 'alert.test-two', 'grant.applied', 'alerting']) {
			await recordAudit(db, { actor: 'test', action, subject, data: {} })
		}
		const { alerts } = await listAlerts(context, { kind: null, after: null, limit: 500 })
		const own = alerts.filter((alert) => alert.subject === subject)
		expect(own.map((alert) => alert.kind).sort()).toEqual(['test-one', 'test-two'])
		const times = alerts.map((alert) => alert.at)
		expect(times).toEqual([...times].sort().reverse())
		expect((await listAlerts(context, { kind: 'never-heard-of', after: null, limit: 5 })).alerts).toEqual([])
	})
})

describe('the other half of a timeline', () => {
	/** Total TypeScript's read API, as it would answer. */
	async function withPeer<Result>(
		answer: { status: number; body: string } | null,
		work: (peerApiUrl: string, requests: URL[]) => Promise<Result>,
	): Promise<Result> {
		const requests: URL[] = []
		const server = createServer(async (request, response) => {
			requests.push(new URL(request.url ?? '', 'http://peer'))
			const allowed = await sellerBridge.verifyReadToken(request.headers.authorization).then(
				() => true,
				() => false,
			)
			response.writeHead(allowed ? (answer?.status ?? 200) : 401)
			response.end(answer?.body ?? '{}')
		})
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		try {
			return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests)
		} finally {
			server.close()
		}
	}

	const row = {
		id: '1',
		at: '2026-11-20T10:00:00.000Z',
		actor: 'stripe',
		action: 'sync.recorded',
		subject: 's',
	}

	it('is asked for by a token of this app, and shown as it is told, without what makes no sense', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		const rows = [
			{ ...row, purchaseId: revision.purchaseId, data: { revision: 1, deep: { a: 1 } } },
			{ id: 7 },
		]
		await withPeer(
			{ status: 200, body: JSON.stringify({ rows, now: row.at }) },
			async (peerApiUrl, requests) => {
				const { purchaseId } = revision
				const purchase = await readPurchaseTimelines({ ...context, peerApiUrl }, { purchaseId })
				expect(purchase.here.map(({ action }) => action)).toEqual(['grant.applied'])
				expect(purchase.there).toMatchObject({
					reached: true,
					rows: [{ id: '1', action: 'sync.recorded', data: { revision: 1, deep: '{"a":1}' } }],
				})
				const person = { sellerUserIds: [owner.userId], userIds: [user.id] }
				expect((await readPersonTimelines({ ...context, peerApiUrl }, person)).there.reached).toBe(true)
				expect(
					requests.map(({ searchParams }) => searchParams.get('purchaseId') ?? searchParams.get('userId')),
				).toEqual([purchaseId, owner.userId])
			},
		)
	})

	it.each([
		['refuses', { status: 500, body: 'no' }, 'Total TypeScript answered 500.'],
		['answers with a page', { status: 200, body: '<html>' }, 'Total TypeScript did not answer with JSON.'],
		[
			'answers with something else',
			{ status: 200, body: '{}' },
			'Total TypeScript answered in an unknown form.',
		],
	])('is a sentence when the other app %s; this half is there', async (_name, answer, reason) => {
		const { owner, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		await withPeer(answer, async (peerApiUrl) => {
			const { here, there } = await readPurchaseTimelines({ ...context, peerApiUrl }, revision)
			expect(here).toHaveLength(1)
			expect(there).toEqual({ reached: false, reason })
		})
	})

	it('is a sentence when the other app is away, and asked of nobody when no account there is known', async () => {
		const away = { ...context, peerApiUrl: 'http://127.0.0.1:1' }
		expect((await readPurchaseTimelines(away, { purchaseId: 'x' })).there).toEqual({
			reached: false,
			reason: 'Total TypeScript could not be reached.',
		})
		expect((await readPersonTimelines(away, { sellerUserIds: [], userIds: ['x'] })).there).toEqual({
			reached: true,
			rows: [],
		})
	})
})

describe('a refused link', () => {
	it('is written once a minute, however often it is asked for; another refusal is another row', async () => {
		const sellerUserId = randomId('user_tt')
		const since = new Date(Date.now() - 60_000)
		const refuse = (refusal: 'token-used' | 'token-expired') =>
			recordRefusal(context, { refusal, sellerUserId, userId: null, method: 'explicit' })
		await Promise.all(Array.from({ length: 30 }, () => refuse('token-used')))
		await refuse('token-expired')
		const rows = await db
			.select()
			.from(auditEvents)
			.where(and(eq(auditEvents.subject, sellerUserId), gte(auditEvents.at, since)))
		const used = rows.filter((each) => each.data.refusal === 'token-used')
		// The minute may turn in between.
		expect(used.length).toBeGreaterThan(0)
		expect(used.length).toBeLessThanOrEqual(2)
		expect(rows).toHaveLength(used.length + 1)
	})
})
