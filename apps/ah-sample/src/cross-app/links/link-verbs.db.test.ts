import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { context, db } from '../host'
import { consumedLinkTokens, outbox } from '../schema'
import {
	apply,
	aRevision,
	aToken,
	auditedActions,
	auditedOf,
	deleteUser,
	makeCourse,
	makeOwner,
	makeUnlinkedBuyer,
	makeUser,
	nextRevision,
	openRowsOf,
	queuedEmails,
	readGrantOf,
	readLinkOf,
} from '../testing/fixtures'
import { claimPending } from './claim-pending'
import { confirmLink } from './confirm-link'
import { releaseMissingUser } from './release-missing-user'
import { undoLink } from './undo-link'
import { unlink } from './unlink'
import { unlinkOwn } from './unlink-own'

const link = (owner: { userId: string; email: string }, userId: string) =>
	confirmLink(context, { token: aToken(owner), userId })
const endLink = (sellerUserId: string, linkRevision: number | null, release = false) =>
	unlink(context, { sellerUserId, linkRevision, by: 'user', release, actor: 'total-typescript' })

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => 'not refused',
		(error: { refusal?: string }) => error.refusal,
	)
}

describe('confirmLink', () => {
	it('links the two accounts, keeps both addresses and uses the token up', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const token = aToken(owner)

		const linked = await confirmLink(context, { token, userId: user.id })

		expect(linked).toMatchObject({ outcome: 'linked', linkRevision: 1, grantIds: [] })
		expect(await readLinkOf(owner.userId)).toMatchObject({
			userId: user.id,
			linkRevision: 1,
			linkMethod: 'explicit',
			linkedEmail: owner.email,
			userEmail: user.email.toLowerCase(),
			linkTokenId: token.tokenId,
		})
		expect((await auditedOf(owner.userId)).map(({ action }) => action)).toEqual(['link.linked'])
		expect(await queuedEmails(owner.userId)).toEqual(['account-linked'])
	})

	it('links an account whose stored address is none, and tells no address then', async () => {
		const owner = makeOwner()
		const user = await makeUser({ email: `no address ${crypto.randomUUID()}` })
		expect(await link(owner, user.id)).toMatchObject({ outcome: 'linked' })
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id, userEmail: null })
	})

	it('claims in the same transaction what waits for that buyer, by their user id', async () => {
		const { owner, user, productId, resourceIds } = await makeUnlinkedBuyer()
		const second = await makeCourse()
		const purchase = aRevision({ owner, productId })
		const other = aRevision({ owner, productId: second.productId, purchaseId: purchase.purchaseId })
		await apply(purchase, other)

		const { grantIds } = await link(owner, user.id)

		expect(grantIds).toHaveLength(2)
		expect((await openRowsOf(user.id)).map((row) => row.metadata)).toEqual(
			expect.arrayContaining([{ contentIds: resourceIds }, { contentIds: second.resourceIds }]),
		)
		expect(await readGrantOf(purchase)).toMatchObject({
			status: 'active',
			userId: user.id,
			claimedByLinkRevision: 1,
			pendingForEmail: null,
			stateVersion: 2,
			revision: 1,
		})
		expect(await queuedEmails(owner.userId)).toEqual(['access-claimed', 'account-linked'])
	})

	it('claims nothing by an address: a stranger with the buyer’s email gets nothing', async () => {
		const { owner, productId } = await makeUnlinkedBuyer()
		const stranger = await makeUser({ email: owner.email })
		const purchase = aRevision({ owner, productId })
		await apply(purchase)

		await link(makeOwner(), stranger.id)

		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
		expect(await openRowsOf(stranger.id)).toEqual([])
	})

	it('leaves alone what a guest bought whose address is not proven, until it is', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId, proven: false })
		await apply(purchase)

		await link(owner, user.id)
		expect(await openRowsOf(user.id)).toEqual([])

		await apply(nextRevision(purchase, { proven: true }))
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('never opens what was refunded while it waited (case 18)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase, nextRevision(purchase, { state: 'revoked' }))

		await link(owner, user.id)

		expect(await readGrantOf(purchase)).toMatchObject({ status: 'revoked', userId: user.id })
		expect(await openRowsOf(user.id)).toEqual([])
	})

	it('claims what is suspended, and it opens when it is restored (case 29)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const suspended = nextRevision(purchase, { state: 'suspended' })
		await apply(purchase, suspended)

		await link(owner, user.id)
		expect(await openRowsOf(user.id)).toEqual([])

		await apply(nextRevision(suspended, { state: 'granted' }))
		expect(await openRowsOf(user.id)).toHaveLength(1)
		// Opened by the revision, for the first time.
		expect(await queuedEmails(purchase.purchaseId)).toEqual(['access-granted', 'access-pending'])
	})

	it('opens the other courses when one has left the catalogue, and tells people of it', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const gone = await makeCourse()
		const kept = aRevision({ owner, productId })
		const lost = aRevision({ owner, productId: gone.productId })
		await apply(kept, lost)
		await db.execute(sql`DELETE FROM AI_Product WHERE id = ${gone.productId}`)

		await link(owner, user.id)

		expect(await readGrantOf(kept)).toMatchObject({ status: 'active' })
		expect(await readGrantOf(lost)).toMatchObject({ status: 'pending', userId: null })
		expect(await auditedActions(lost.purchaseId)).toContain('alert.claim-without-product')
	})

	it('changes nothing when the same pair is linked already (double click)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const token = aToken(owner)
		await confirmLink(context, { token, userId: user.id })
		expect(await confirmLink(context, { token, userId: user.id })).toMatchObject({
			outcome: 'already-linked',
			outboxIds: [],
		})
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 1 })
	})
})

describe('a refused link writes one audit row and nothing else', () => {
	async function expectRefused(
		input: { owner: { userId: string; email: string }; userId: string; token?: ReturnType<typeof aToken> },
		refusal: string,
	) {
		const before = {
			link: await readLinkOf(input.owner.userId),
			audited: await auditedOf(input.owner.userId),
		}
		const token = input.token ?? aToken(input.owner)
		const used = async () =>
			db.select().from(consumedLinkTokens).where(eq(consumedLinkTokens.jti, token.tokenId))
		const usedBefore = await used()

		expect(await refusalOf(confirmLink(context, { token, userId: input.userId }))).toBe(refusal)

		const after = await readLinkOf(input.owner.userId)
		expect({ ...after, id: '', createdAt: '', updatedAt: '' }).toMatchObject({
			userId: before.link?.userId ?? null,
			linkRevision: before.link?.linkRevision ?? 0,
		})
		expect(await used()).toEqual(usedBefore)
		const added = (await auditedOf(input.owner.userId)).slice(before.audited.length)
		expect(added).toMatchObject([{ action: 'link.refused', data: { refusal, userId: input.userId } }])
	}

	it('when the Total TypeScript account is linked elsewhere (case 25)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		await expectRefused({ owner, userId: (await makeUser()).id }, 'seller-linked-elsewhere')
	})

	it('when the AI Hero account is linked elsewhere (case 25)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		await expectRefused({ owner: makeOwner(), userId: user.id }, 'granter-linked-elsewhere')
	})

	it('when the token was used before (case 23)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const token = aToken(owner)
		await confirmLink(context, { token, userId: user.id })
		await unlinkOwn(context, { userId: user.id })
		await expectRefused({ owner, userId: user.id, token }, 'token-used')
	})

	it('when the AI Hero account was deleted meanwhile (case 33)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await deleteUser(user.id)
		await expectRefused({ owner, userId: user.id }, 'user-missing')
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
	})
})

describe('unlink', () => {
	it('leaves what was claimed with who claimed it', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await link(owner, user.id)

		expect(await unlinkOwn(context, { userId: user.id })).toMatchObject({ outcome: 'unlinked', grantIds: [] })

		expect(await openRowsOf(user.id)).toHaveLength(1)
		expect(await readLinkOf(owner.userId)).toMatchObject({
			userId: null,
			formerUserId: user.id,
			linkRevision: 2,
			unlinkedBy: 'user',
			releasedAt: null,
		})
		expect(await queuedEmails(owner.userId)).toEqual(['access-claimed', 'account-linked', 'account-unlinked'])
	})

	it('on request frees exactly the claims of the link that is meant', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const first = aRevision({ owner, productId })
		await apply(first)
		await link(owner, user.id)
		await endLink(owner.userId, 1)
		const again = await makeUser()
		await link(owner, again.id)
		const second = aRevision({ owner, productId: (await makeCourse()).productId })
		await apply(second)

		expect(await endLink(owner.userId, 3, true)).toMatchObject({ outcome: 'unlinked' })

		expect(await readGrantOf(second)).toMatchObject({ status: 'pending', userId: null })
		expect(await readGrantOf(first)).toMatchObject({ status: 'active', userId: user.id })
		expect(await openRowsOf(again.id)).toEqual([])
	})

	it('ends nothing when another link is meant than the live one, and tells which that is (case 28)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		await endLink(owner.userId, 1)
		await link(owner, user.id)
		expect(await endLink(owner.userId, 1)).toMatchObject({
			outcome: 'unchanged',
			record: { linkRevision: 3 },
		})
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id, linkRevision: 3 })
	})

	it('ends the live link, and answers above it, when the seller names one that a restore has lost (case 38)', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await link(owner, user.id)
		expect(await endLink(owner.userId, 7, true)).toMatchObject({
			outcome: 'unlinked',
			record: { linkRevision: 8 },
		})
		expect(await openRowsOf(user.id)).toEqual([])
		expect(await endLink(owner.userId, 12, true)).toMatchObject({
			outcome: 'unchanged',
			record: { linkRevision: 13 },
		})
		expect((await auditedOf(owner.userId)).map(({ action }) => action)).toEqual([
			'link.linked',
			'link.unlinked',
			'link.renumbered',
		])
	})

	it('does nothing to who has no link', async () => {
		expect(await unlinkOwn(context, { userId: (await makeUser()).id })).toBeNull()
	})
})

describe('undoLink: this wasn’t me', () => {
	it('ends the link and frees what it claimed, once', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await link(owner, user.id)
		const undo = { sellerUserId: owner.userId, linkRevision: 1 }

		expect(await undoLink(context, { undo })).toMatchObject({ outcome: 'unlinked' })
		expect(await undoLink(context, { undo })).toMatchObject({ outcome: 'unchanged', outboxIds: [] })

		expect(await openRowsOf(user.id)).toEqual([])
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending' })
		expect(await readLinkOf(owner.userId)).toMatchObject({ unlinkedBy: 'not-me', linkRevision: 2 })
	})

	it('frees the claims also when the link was ended by a person before', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await link(owner, user.id)
		await unlinkOwn(context, { userId: user.id })

		const undone = await undoLink(context, { undo: { sellerUserId: owner.userId, linkRevision: 1 } })

		expect(undone).toMatchObject({ outcome: 'released', record: { linkRevision: 3 } })
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })
	})

	it('frees nothing of a later link, which belongs to somebody else', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const first = aRevision({ owner, productId })
		await apply(first)
		await link(owner, user.id)
		await unlinkOwn(context, { userId: user.id })
		const later = await makeUser()
		await link(owner, later.id)
		const second = aRevision({ owner, productId: (await makeCourse()).productId })
		await apply(second)
		await unlinkOwn(context, { userId: later.id })

		const undo = { sellerUserId: owner.userId, linkRevision: 1 }
		expect(await undoLink(context, { undo })).toMatchObject({ outcome: 'released' })

		expect(await readGrantOf(first)).toMatchObject({ status: 'pending', userId: null })
		expect(await readGrantOf(second)).toMatchObject({ status: 'active', userId: later.id })
		expect(await readLinkOf(owner.userId)).toMatchObject({ linkRevision: 4, unlinkedBy: 'user' })
	})

	it('lets the rightful buyer link and claim afterwards', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		await link(owner, user.id)
		await undoLink(context, { undo: { sellerUserId: owner.userId, linkRevision: 1 } })
		const rightful = await makeUser()

		await link(owner, rightful.id)

		expect(await openRowsOf(rightful.id)).toHaveLength(1)
		expect(await openRowsOf(user.id)).toEqual([])
	})
})

describe('claimPending', () => {
	it('does not claim what the seller keeps from a link that is being ended', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		const purchase = aRevision({ owner, productId, unlinkingLinkRevision: 1 })
		await apply(purchase)

		expect(await claimPending(context, { sellerUserId: owner.userId, linkRevision: 1 })).toBe(0)
		// Sent before the unlinking was asked for, it comes later and says nothing of it.
		await apply(aRevision({ owner, productId, purchaseId: purchase.purchaseId }))
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'pending', userId: null })

		await endLink(owner.userId, 1)
		await link(owner, user.id)
		expect(await readGrantOf(purchase)).toMatchObject({ status: 'active', userId: user.id })
	})

	it('claims nothing for a link that has ended', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		await endLink(owner.userId, 1)
		await apply(aRevision({ owner, productId }))
		expect(await claimPending(context, { sellerUserId: owner.userId, linkRevision: 1 })).toBe(0)
	})
})

describe('the mails of an account that is deleted', () => {
	it('are none: the event is queued, and nobody is there to get a mail', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await link(owner, user.id)
		await deleteUser(user.id)
		const { outboxIds } = await releaseMissingUser(context, { userId: user.id })
		expect(outboxIds).toHaveLength(1)
		const [row] = await db
			.select()
			.from(outbox)
			.where(eq(outbox.id, outboxIds[0] ?? ''))
		expect(row).toMatchObject({
			kind: 'event',
			name: 'account/unlinked',
			payload: { linkedUserId: owner.userId, linkRevision: 2 },
		})
	})
})
