import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createContext } from '../../../tests/setup/create-context'
import { createOwnDatabase } from '../../../tests/setup/own-database'
import { applyRevision } from '../grants/apply-revision'
import { context, db } from '../host'
import { hostUsers } from '../host-tables'
import { auditEvents, consumedLinkTokens, outbox } from '../schema'
import {
	apply,
	aRevision,
	aToken,
	deleteUser,
	makeCourse,
	makeOwner,
	makeProviderAccount,
	makeUnlinkedBuyer,
	makeUser,
	nextRevision,
	openRowsOf,
	queuedEmails,
	randomId,
	readGrantOf,
	readLinkOf,
} from '../testing/fixtures'
import { autoLink } from './auto-link'
import { claimPending } from './claim-pending'
import { confirmLink } from './confirm-link'
import { releaseMissingUser } from './release-missing-user'
import { undoLink } from './undo-link'
import { unlink } from './unlink'

/** Each race is run this often: the moments differ. */
const ROUNDS = 4
const rounds = Array.from({ length: ROUNDS }, (_value, index) => index + 1)

/** What became of attempts that ran at once: `linked`, `already-linked`, or the refusal. Anything else is a defect. */
async function outcomesOf(attempts: Promise<{ outcome: string } | null>[]): Promise<string[]> {
	const results = await Promise.allSettled(attempts)
	return results
		.map((result) => {
			if (result.status === 'fulfilled') return result.value?.outcome ?? 'nobody'
			const { refusal } = result.reason as { refusal?: string }
			if (refusal === undefined) throw result.reason
			return refusal
		})
		.sort()
}

async function refusalsOf(sellerUserId: string): Promise<number> {
	const rows = await db
		.select({ id: auditEvents.id })
		.from(auditEvents)
		.where(and(eq(auditEvents.subject, sellerUserId), eq(auditEvents.action, 'link.refused')))
	return rows.length
}

const eventsAbout = (dedupeKey: string) => db.select().from(outbox).where(eq(outbox.dedupeKey, dedupeKey))

describe.each(rounds)('at the same moment (round %i)', () => {
	it('two AI Hero users with one token: one is linked, the other gets a clear answer', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const other = await makeUser()
		await apply(aRevision({ owner, productId }))
		const token = aToken(owner)

		const outcomes = await outcomesOf(
			[user.id, other.id].map((userId) => confirmLink(context, { token, userId })),
		)

		expect(outcomes).toEqual(['linked', 'seller-linked-elsewhere'])
		const open = [...(await openRowsOf(user.id)), ...(await openRowsOf(other.id))]
		expect(open).toHaveLength(1)
		expect(open[0]?.userId).toBe((await readLinkOf(owner.userId))?.userId)
		expect(await refusalsOf(owner.userId)).toBe(1)
	})

	it('a double click and a second tab: one link, one token used, every mail once', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		const [token, ofOtherTab] = [aToken(owner), aToken(owner)]

		const outcomes = await outcomesOf(
			[token, token, ofOtherTab].map((each) => confirmLink(context, { token: each, userId: user.id })),
		)

		expect(outcomes).toEqual(['already-linked', 'already-linked', 'linked'])
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 1, userId: user.id })
		const used = await db.select().from(consumedLinkTokens).where(eq(consumedLinkTokens.userId, user.id))
		expect(used).toHaveLength(1)
		expect(await queuedEmails(owner.userId)).toEqual(['access-claimed', 'account-linked'])
		expect(await eventsAbout(`account/linked:${owner.userId}:1`)).toHaveLength(1)
	})

	it('two tokens of one buyer for two AI Hero users: one is linked', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const other = await makeUser()
		const outcomes = await outcomesOf(
			[user.id, other.id].map((userId) => confirmLink(context, { token: aToken(owner), userId })),
		)
		expect(outcomes).toEqual(['linked', 'seller-linked-elsewhere'])
	})

	it('one AI Hero user and two buyers: one is linked, and nothing of the other is claimed', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const otherOwner = makeOwner()
		const purchases = [
			aRevision({ owner, productId }),
			aRevision({ owner: otherOwner, productId: (await makeCourse()).productId }),
		]
		await apply(...purchases)

		const outcomes = await outcomesOf(
			[owner, otherOwner].map((each) => confirmLink(context, { token: aToken(each), userId: user.id })),
		)

		expect(outcomes).toEqual(['granter-linked-elsewhere', 'linked'])
		expect(await openRowsOf(user.id)).toHaveLength(1)
		const statuses = (await Promise.all(purchases.map(readGrantOf))).map((grant) => grant?.status)
		expect(statuses.sort()).toEqual(['active', 'pending'])
	})

	it('an explicit and an automatic link of the same pair: one link (case 30)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const account = await makeProviderAccount({ userId: user.id })
		const login = {
			v: 1 as const,
			userId: owner.userId,
			provider: account.provider,
			providerAccountId: account.providerAccountId,
			at: new Date().toISOString(),
			expiresAt: new Date(Date.now() + 600_000).toISOString(),
		}
		const outcomes = await outcomesOf([
			confirmLink(context, { token: aToken(owner), userId: user.id }),
			autoLink(context, { login }),
			autoLink(context, { login }),
		])
		expect(outcomes).toEqual(['already-linked', 'already-linked', 'linked'])
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 1, userId: user.id })
	})

	it('a link and the first grants: both courses open, in one organization, whichever came first (cases 29, 34)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const second = await makeCourse()
		const purchase = aRevision({ owner, productId })
		const other = aRevision({ owner, productId: second.productId, purchaseId: purchase.purchaseId })

		await Promise.all([
			applyRevision(context, purchase),
			confirmLink(context, { token: aToken(owner), userId: user.id }),
			applyRevision(context, other),
		])

		const open = await openRowsOf(user.id)
		expect(open).toHaveLength(2)
		expect(new Set(open.map((row) => row.organizationId)).size).toBe(1)
		for (const each of [purchase, other]) {
			expect(await readGrantOf(each)).toMatchObject({ status: 'active', userId: user.id })
		}
	})

	it('a link and a refund: closed in the end, and claimed or not is the only difference', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await Promise.all([
			confirmLink(context, { token: aToken(owner), userId: user.id }),
			applyRevision(context, nextRevision(purchase, { state: 'revoked' })),
		])
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'revoked' })
	})

	it('an unlink with release and a claim: nothing of that link stays claimed', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const purchase = aRevision({ owner, productId })

		await Promise.all([
			applyRevision(context, purchase),
			claimPending(context, { sellerUserId: owner.userId, linkRevision: 1 }),
			unlink(context, {
				sellerUserId: owner.userId,
				linkRevision: 1,
				by: 'refused',
				release: true,
				actor: 'total-typescript',
			}),
		])

		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
	})

	it('an unlink without release and a claim: claimed before it or not at all, never by an ended link later', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const purchase = aRevision({ owner, productId })
		await Promise.all([
			applyRevision(context, purchase),
			unlink(context, {
				sellerUserId: owner.userId,
				linkRevision: 1,
				by: 'user',
				release: false,
				actor: `user:${user.id}`,
			}),
		])
		const grant = await readGrantOf(purchase)
		expect([
			['active', user.id],
			['pending', null],
		]).toContainEqual([grant?.status, grant?.userId])
		expect(await openRowsOf(user.id)).toHaveLength(grant?.userId === null ? 0 : 1)
		await claimPending(context, { sellerUserId: owner.userId, linkRevision: 1 })
		expect((await readGrantOf(purchase))?.userId).toBe(grant?.userId)
	})

	it('two "this wasn’t me" and an unlink: one end, one mail of it', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const undo = { sellerUserId: owner.userId, linkRevision: 1 }

		await Promise.all([
			undoLink(context, { undo }),
			undoLink(context, { undo }),
			unlink(context, {
				sellerUserId: owner.userId,
				linkRevision: null,
				by: 'user',
				release: false,
				actor: `user:${user.id}`,
				userId: user.id,
			}),
		])

		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: null, unlinkedBy: 'not-me' })
		expect(await openRowsOf(user.id)).toEqual([])
		expect((await queuedEmails(owner.userId)).filter((name) => name === 'account-unlinked')).toHaveLength(1)
	})

	it('a link and the deletion of the AI Hero account: no link and no claim stays (case 33)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		const deleted = async () => {
			await deleteUser(user.id)
			await releaseMissingUser(context, { userId: user.id })
		}
		await Promise.allSettled([confirmLink(context, { token: aToken(owner), userId: user.id }), deleted()])
		// What the sweep does for a process that died in between.
		await releaseMissingUser(context, { userId: user.id })
		expect((await readLinkOf(owner.userId))?.userId ?? null).toBeNull()
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
	})
})

describe('control', () => {
	it('without the unique key, one AI Hero user gets two live links', async () => {
		const database = await createOwnDatabase({ migrated: true })
		const { context: own, close } = createContext({ databaseUrl: database.url })
		try {
			await database.connection.query('ALTER TABLE AI_AccountLink DROP KEY AccountLink_linkedApp_userId_key')
			const user = { id: randomId('user_ah'), email: `${randomId('mail')}@example.com` }
			await own.db.insert(hostUsers).values(user)
			const outcomes = await outcomesOf(
				[makeOwner(), makeOwner()].map((each) => confirmLink(own, { token: aToken(each), userId: user.id })),
			)
			expect(outcomes).toEqual(['linked', 'linked'])
		} finally {
			await close()
			await database.drop()
		}
	})
})
