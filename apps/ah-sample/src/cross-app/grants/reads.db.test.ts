import { describe, expect, it } from 'vitest'
import { context } from '../host'
import { readLinkedAccount } from '../links/read-linked-account'
import {
	apply,
	aRevision,
	makeCourse,
	makeLink,
	makeLinkedBuyer,
	makeOwner,
	makeUser,
} from '../testing/fixtures'
import { listGrantsOfUser } from './list-grants-of-user'
import { readPendingBanner } from './read-pending-banner'

const sellerLinkUrl = 'http://localhost:3000/account'

describe('readPendingBanner', () => {
	it('offers to link when something waits for an address that the viewer has verified', async () => {
		const owner = makeOwner()
		const viewer = await makeUser({ email: owner.email.toUpperCase() })
		const { productId } = await makeCourse()
		await apply(aRevision({ owner, productId }))

		expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toMatchObject({
			count: 1,
			courseTitles: [`Course ${productId}`],
			state: { tone: 'pending', action: { href: sellerLinkUrl } },
		})
	})

	it('says nothing, and fails nothing, for a stored address that is none: every page asks', async () => {
		const viewer = await makeUser({ email: `no address ${crypto.randomUUID()}` })
		expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toBeNull()
	})

	it('says nothing to someone who only typed that address', async () => {
		const owner = makeOwner()
		const viewer = await makeUser({ email: owner.email, verified: false })
		const { productId } = await makeCourse()
		await apply(aRevision({ owner, productId }))
		expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toBeNull()
		expect(await listGrantsOfUser(context, { userId: viewer.id, sellerLinkUrl })).toEqual([])
	})

	it('says nothing to someone whose address differs by an accent or a plus-tag', async () => {
		const { productId } = await makeCourse()
		const name = crypto.randomUUID()
		const owner = { ...makeOwner(), email: `jos\u00e9-${name}@example.com` }
		await apply(aRevision({ owner, productId }))
		for (const email of [`jose-${name}@example.com`, `jos\u00e9-${name}+x@example.com`]) {
			const viewer = await makeUser({ email })
			expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toBeNull()
		}
	})

	it('says nothing to someone who is linked, or whose purchase has ended', async () => {
		const owner = makeOwner()
		const viewer = await makeUser({ email: owner.email })
		const { productId } = await makeCourse()
		await apply(aRevision({ owner, productId, state: 'revoked' }))
		expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toBeNull()

		await apply(aRevision({ owner, productId }))
		await makeLink({ userId: viewer.id, linkedUserId: makeOwner().userId })
		expect(await readPendingBanner(context, { userId: viewer.id, sellerLinkUrl })).toBeNull()
	})
})

describe('listGrantsOfUser', () => {
	it('tells a claimed grant in any state, with its wording', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(
			purchase,
			aRevision({ ...purchase, owner, purchaseId: purchase.purchaseId, revision: 2, state: 'suspended' }),
		)
		expect(await listGrantsOfUser(context, { userId: user.id, sellerLinkUrl })).toMatchObject([
			{
				productId,
				claimed: true,
				status: 'suspended',
				since: '2026-11-20T10:00:00.000Z',
				description: { tone: 'attention', badge: 'On hold', reference: purchase.purchaseId },
			},
		])
	})
})

describe('readLinkedAccount', () => {
	it('tells since when and how, or where to link', async () => {
		const { user } = await makeLinkedBuyer()
		expect(await readLinkedAccount(context, { userId: user.id, sellerLinkUrl })).toEqual({
			linked: true,
			appName: 'Total TypeScript',
			since: '2026-01-05T09:00:00.000Z',
			method: 'Confirmed by you',
			sellerEmail: null,
		})
		const stranger = await makeUser()
		expect(await readLinkedAccount(context, { userId: stranger.id, sellerLinkUrl })).toEqual({
			linked: false,
			appName: 'Total TypeScript',
			linkHref: sellerLinkUrl,
		})
	})
})
