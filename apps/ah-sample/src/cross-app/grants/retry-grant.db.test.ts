import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { answerEventsWith, receivedEvents } from '../../../tests/setup/event-api'
import { context, db } from '../host'
import { hostEntitlements } from '../host-tables'
import { auditEvents } from '../schema'
import {
	apply,
	aRevision,
	auditedActions,
	deleteUser,
	makeLink,
	makeLinkedBuyer,
	makeUnlinkedBuyer,
	openRowsOf,
	queuedEmails,
	randomId,
	readGrantOf,
} from '../testing/fixtures'
import { readGrant } from './read-grant'
import { retryGrant } from './retry-grant'

/** A press of the button, on a page that shows the grant as it is now. */
async function asked(grantId: string) {
	const stateVersion = (await readGrant(context, { grantId }))?.answer.stateVersion ?? 0
	return { grantId, actor: 'user:support', reason: 'the buyer wrote', press: randomId('press'), stateVersion }
}

/** What the seller was told about a purchase, oldest first. */
function toldAbout(purchaseId: string) {
	return receivedEvents()
		.map(({ event }) => event)
		.filter(({ data }) => data.sourcePurchaseId === purchaseId)
}

describe('retryGrant', () => {
	afterEach(() => answerEventsWith(200))

	it('raises the version and answers, so that a mirror that is behind catches up; audited with who and why', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		const before = await readGrantOf(revision)
		expect(await retryGrant(context, await asked(before?.id ?? ''))).toMatchObject({
			answered: 'now',
		})
		const after = await readGrantOf(revision)
		expect(after?.stateVersion).toBeGreaterThan(before?.stateVersion ?? 0)
		expect(after).toMatchObject({ revision: 1, userId: before?.userId, claimedAt: before?.claimedAt })
		expect(toldAbout(revision.purchaseId).at(-1)).toMatchObject({
			name: 'entitlement/granted',
			data: { stateVersion: after?.stateVersion, status: 'active' },
		})
		expect(await auditedActions(revision.purchaseId)).toEqual([
			'grant.applied',
			'grant.retried',
			'grant.answered',
		])
		const rows = await db.select().from(auditEvents).where(eq(auditEvents.purchaseId, revision.purchaseId))
		expect(rows.find((row) => row.action === 'grant.retried')).toMatchObject({
			actor: 'user:support',
			subject: after?.id,
			data: { reason: 'the buyer wrote' },
		})
		const details = await readGrant(context, { grantId: after?.id ?? '' })
		expect(details?.answered).toMatchObject([{ stateVersion: after?.stateVersion, status: 'active' }])
		expect(await queuedEmails(revision.purchaseId)).toEqual(['access-granted'])
	})

	it('opens what should be open, and claims what should be claimed', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		await makeLink({ userId: user.id, linkedUserId: owner.userId })
		const grantId = (await readGrantOf(revision))?.id ?? ''
		await retryGrant(context, await asked(grantId))
		expect(await readGrantOf(revision)).toMatchObject({ userId: user.id, status: 'active' })
		expect(await openRowsOf(user.id)).toHaveLength(1)

		await db
			.update(hostEntitlements)
			.set({ deletedAt: new Date() })
			.where(eq(hostEntitlements.sourceId, grantId))
		expect(await openRowsOf(user.id)).toHaveLength(0)
		await retryGrant(context, await asked(grantId))
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('never opens what the seller has revoked or suspended', async () => {
		for (const state of ['revoked', 'suspended'] as const) {
			const { owner, user, productId } = await makeLinkedBuyer()
			const revision = aRevision({ owner, productId, state })
			await apply(revision)
			await retryGrant(context, await asked((await readGrantOf(revision))?.id ?? ''))
			expect(await readGrantOf(revision)).toMatchObject({ status: state, desiredState: state, revision: 1 })
			expect(await openRowsOf(user.id)).toHaveLength(0)
		}
	})

	it('stands when the seller can’t be told now: its pull reads the change', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		const before = await readGrantOf(revision)
		answerEventsWith(503)
		expect(await retryGrant(context, await asked(before?.id ?? ''))).toMatchObject({
			answered: 'later',
		})
		const after = await readGrantOf(revision)
		expect(after?.stateVersion).toBeGreaterThan(before?.stateVersion ?? 0)
		expect(after?.updatedAt.getTime()).toBeGreaterThanOrEqual(before?.updatedAt.getTime() ?? 0)
		expect(await auditedActions(revision.purchaseId)).not.toContain('grant.answered')
	})

	it('is done once by one press, however often it arrives, and not at all by a page that is out of date', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		const press = await asked((await readGrantOf(revision))?.id ?? '')
		const presses = await Promise.all([retryGrant(context, press), retryGrant(context, press)])
		expect(presses.map(({ answered }) => answered)).toEqual(['now', 'now'])
		const after = await readGrantOf(revision)
		const retried = () =>
			auditedActions(revision.purchaseId).then((actions) =>
				actions.filter((each) => each === 'grant.retried'),
			)
		expect(await retried()).toHaveLength(1)
		// Somebody else on support, whose page still shows the grant as it was.
		const late = { ...press, press: randomId('press') }
		await expect(retryGrant(context, late)).rejects.toMatchObject({ code: 'grant-changed' })
		expect(await retried()).toHaveLength(1)
		expect((await readGrantOf(revision))?.stateVersion).toBe(after?.stateVersion)
	})

	it('frees what a deleted account held, and says that it was done', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const revision = aRevision({ owner, productId })
		await apply(revision)
		await deleteUser(user.id)
		await retryGrant(context, await asked((await readGrantOf(revision))?.id ?? ''))
		expect(await readGrantOf(revision)).toMatchObject({ userId: null, status: 'pending' })
		expect(await openRowsOf(user.id)).toHaveLength(0)
	})

	it('knows no grant by a made-up id', async () => {
		await expect(retryGrant(context, await asked(randomId('grant')))).rejects.toMatchObject({
			code: 'not-found',
		})
		expect(await readGrant(context, { grantId: randomId('grant') })).toBeNull()
	})
})
