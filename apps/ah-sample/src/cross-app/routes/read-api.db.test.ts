import { createBridge } from '@cross-app/shared'
import { describe, expect, it } from 'vitest'
import { recordAudit } from '../audit/record-audit'
import { bridge, context, db, env } from '../host'
import { confirmLink } from '../links/confirm-link'
import { unlinkOwn } from '../links/unlink-own'
import {
	apply,
	aRevision,
	aToken,
	makeLinkedBuyer,
	makeOwner,
	makeUnlinkedBuyer,
	makeUser,
	randomId,
} from '../testing/fixtures'
import { sellerBridge, sellerSecrets } from '../testing/seller'
import { handleChanges } from './changes'
import { handleCron } from './cron'
import { handleTimeline } from './timeline'

const changes = (query: string, authorization?: string) =>
	handleChanges(
		new Request(`http://localhost/api/cross-app/changes?${query}`, {
			headers: authorization === undefined ? {} : { authorization },
		}),
	)
const timeline = (query: string, authorization: string) =>
	handleTimeline(
		new Request(`http://localhost/api/cross-app/timeline?${query}`, { headers: { authorization } }),
	)
const asSeller = async () => `Bearer ${await sellerBridge.createReadToken()}`

describe('GET /api/cross-app/changes', () => {
	it('answers the other app, and nothing keeps a copy', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		await apply(aRevision({ owner, productId }))
		const response = await changes('kind=grants&limit=1', await asSeller())
		expect(response.status).toBe(200)
		expect(response.headers.get('cache-control')).toBe('no-store')
		expect(await response.json()).toMatchObject({
			rows: [{ v: 1, grantId: expect.any(String) }],
			next: { since: expect.any(String), after: expect.any(String) },
			now: expect.stringMatching(/Z$/),
		})
	})

	it('refuses whoever has no token, made one up, or uses one for something else', async () => {
		const staging = createBridge({
			self: 'total-typescript',
			peer: 'ai-hero',
			environment: 'staging',
			secrets: sellerSecrets,
			eventApi: { baseUrl: 'http://127.0.0.1:1', eventKey: 'unused' },
		})
		const refused = [
			undefined,
			'',
			'Bearer nonsense',
			`Bearer ${env.CRON_SECRET}`,
			(await asSeller()).replace('Bearer ', ''),
			// Signed by this app for the other one: a token of the opposite direction.
			`Bearer ${await bridge.createReadToken()}`,
			`Bearer ${await staging.createReadToken()}`,
		]
		for (const authorization of refused) {
			const response = await changes('kind=grants', authorization)
			expect([authorization, response.status]).toEqual([authorization, 401])
		}
	})

	it('says which parameter is wrong', async () => {
		for (const [query, name] of [
			['', 'kind'],
			['kind=everything', 'kind'],
			['kind=grants&since=yesterday', 'since'],
			['kind=grants&limit=0', 'limit'],
			['kind=grants&limit=501', 'limit'],
		] as const) {
			const response = await changes(query, await asSeller())
			expect(response.status).toBe(400)
			expect(JSON.stringify(await response.json())).toContain(name)
		}
	})
})

describe('GET /api/cross-app/timeline', () => {
	it('tells what happened to one purchase, oldest first', async () => {
		const purchaseId = randomId('purchase')
		for (const action of ['first', 'second', 'third']) {
			await recordAudit(db, { actor: 'test', action, purchaseId, subject: 'a', data: { revision: 1 } })
			await new Promise((resolve) => setTimeout(resolve, 2))
		}
		const response = await timeline(`purchaseId=${purchaseId}`, await asSeller())
		const { rows } = (await response.json()) as { rows: { action: string; data: unknown }[] }
		expect(rows.map((row) => row.action)).toEqual(['first', 'second', 'third'])
		expect(rows[0]).toMatchObject({ actor: 'test', purchaseId, data: { revision: 1 } })
	})

	it('tells what happened since a moment', async () => {
		const subject = randomId('subject')
		await recordAudit(db, { actor: 'test', action: 'one', subject, data: {} })
		const since = new Date(Date.now() - 60_000).toISOString()
		const response = await timeline(`since=${since}&limit=500`, await asSeller())
		const { rows } = (await response.json()) as { rows: { subject: string }[] }
		expect(rows.map((row) => row.subject)).toContain(subject)
	})

	it('tells what concerns one of the seller’s users: purchases, links, and the linked account here', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }), aRevision({ owner: makeOwner(), productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		for (const [action, subject] of [
			['user.email-verified', user.id],
			['user.email-verified', (await makeUser()).id],
		] as const) {
			await recordAudit(db, { actor: 'sign-in', action, subject, data: {} })
		}
		const response = await timeline(`userId=${owner.userId}`, await asSeller())
		expect(response.status).toBe(200)
		const { rows } = (await response.json()) as { rows: { action: string; subject: string }[] }
		expect(rows.map(({ action }) => action).sort()).toEqual([
			'grant.applied',
			'grant.claimed',
			'link.linked',
			'user.email-verified',
		])
		const limited = await timeline(`userId=${owner.userId}&limit=2`, await asSeller())
		expect(((await limited.json()) as { rows: unknown[] }).rows).toHaveLength(2)

		// Unlinked, what the person here does is no business of the seller's any more.
		await unlinkOwn(context, { userId: user.id })
		const after = await timeline(`userId=${owner.userId}`, await asSeller())
		expect(JSON.stringify(await after.json())).not.toContain('user.email-verified')
		const nobody = await timeline('userId=nobody', await asSeller())
		expect(await nobody.json()).toMatchObject({ rows: [] })
	})

	it('needs a token, one parameter and no more, and a limit within bounds', async () => {
		for (const query of ['purchaseId=x', 'userId=x', 'since=2026-11-20T10:00:00Z']) {
			expect([query, (await timeline(query, 'Bearer nonsense')).status]).toEqual([query, 401])
			expect([query, (await timeline(query, await asSeller())).status]).toEqual([query, 200])
		}
		for (const query of [
			'',
			'purchaseId=x&userId=x',
			'userId=',
			`userId=${'x'.repeat(192)}`,
			'userId=x&limit=501',
			'userId=x&limit=0',
			'since=yesterday',
		]) {
			expect([query, (await timeline(query, await asSeller())).status]).toEqual([query, 400])
		}
	})
})

describe('the cron route', () => {
	const call = (authorization?: string) =>
		handleCron(
			new Request('http://localhost/api/cron/sweep', {
				method: 'POST',
				headers: authorization === undefined ? {} : { authorization },
			}),
		)

	it('sweeps for whoever has the cron secret, and for nobody else', async () => {
		const response = await call(`Bearer ${env.CRON_SECRET}`)
		expect(response.status).toBe(200)
		expect(await response.json()).toMatchObject({ dispatched: expect.any(Number) })
		expect((await call()).status).toBe(401)
		expect((await call('Bearer wrong')).status).toBe(401)
		expect((await call(await asSeller())).status).toBe(401)
	})
})
