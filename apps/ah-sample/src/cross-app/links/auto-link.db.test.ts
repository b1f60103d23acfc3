import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { context, db } from '../host'
import { accountLinks } from '../schema'
import {
	apply,
	aRevision,
	aToken,
	auditedOf,
	deleteUser,
	detachProviderAccount,
	makeOwner,
	makeProviderAccount,
	makeUnlinkedBuyer,
	makeUser,
	openRowsOf,
	randomId,
	readLinkOf,
} from '../testing/fixtures'
import { autoLink } from './auto-link'
import { buildLogin } from './build-login'
import { confirmLink } from './confirm-link'
import { releaseMissingUser } from './release-missing-user'
import { unlink } from './unlink'
import { unlinkOwn } from './unlink-own'

const HOUR = 60 * 60_000
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds)

function aLogin(input: {
	userId: string
	provider?: 'github' | 'discord'
	providerAccountId: string
	at?: Date
}) {
	const at = input.at ?? new Date()
	return {
		v: 1 as const,
		userId: input.userId,
		provider: input.provider ?? ('github' as const),
		providerAccountId: input.providerAccountId,
		at: at.toISOString(),
		expiresAt: new Date(at.getTime() + 10 * 60_000).toISOString(),
	}
}

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => 'not refused',
		(error: { refusal?: string }) => error.refusal,
	)
}

async function linksOf(userId: string) {
	return db.select().from(accountLinks).where(eq(accountLinks.userId, userId))
}

describe('autoLink', () => {
	it.each(['github', 'discord'] as const)('links by the same %s account, and claims', async (provider) => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		const { providerAccountId } = await makeProviderAccount({ userId: user.id, provider })

		const login = aLogin({ userId: owner.userId, provider, providerAccountId })
		expect(await autoLink(context, { login })).toMatchObject({ outcome: 'linked' })

		expect(await readLinkOf(owner.userId)).toMatchObject({
			userId: user.id,
			linkMethod: `oauth-${provider}`,
			userEmail: null,
			linkedEmail: null,
			linkTokenId: null,
		})
		expect(await openRowsOf(user.id)).toHaveLength(1)
	})

	it('never links by anything else: another id, another provider, an id that differs by case, an equal email (case 27)', async () => {
		const owner = makeOwner()
		const user = await makeUser({ email: owner.email })
		const { providerAccountId } = await makeProviderAccount({
			userId: user.id,
			providerAccountId: `a${crypto.randomUUID()}`,
		})
		const logins = [
			aLogin({ userId: owner.userId, providerAccountId: randomId('provider') }),
			aLogin({ userId: owner.userId, provider: 'discord', providerAccountId }),
			aLogin({ userId: owner.userId, providerAccountId: providerAccountId.toUpperCase() }),
		]
		for (const login of logins) expect(await autoLink(context, { login })).toBeNull()
		expect(await linksOf(user.id)).toEqual([])
		expect(await auditedOf(owner.userId)).toEqual([])
	})

	it('does not link by an account that is not attached any more', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		await detachProviderAccount(providerAccountId)
		const login = aLogin({ userId: owner.userId, providerAccountId })
		expect(await autoLink(context, { login })).toBeNull()
		expect(await linksOf(user.id)).toEqual([])
	})

	it.each([
		['old', { at: ago(25 * HOUR), newUser: false }, 'not refused'],
		['fresh, on a user that it made', { at: ago(HOUR), newUser: true }, 'not refused'],
		['fresh, on a user that was there before', { at: ago(23 * HOUR), newUser: false }, 'attached-recently'],
	])('an attachment that is %s', async (_name, attached, expected) => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id, attached })
		const login = aLogin({ userId: owner.userId, providerAccountId })
		expect(await refusalOf(autoLink(context, { login }))).toBe(expected)
		expect(await linksOf(user.id)).toHaveLength(expected === 'not refused' ? 1 : 0)
	})

	it('is refused when the sign-in is more than ten minutes past, and audited', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		const login = aLogin({ userId: owner.userId, providerAccountId, at: ago(11 * 60_000) })
		expect(await refusalOf(autoLink(context, { login }))).toBe('login-too-old')
		expect(await linksOf(user.id)).toEqual([])
		expect(await auditedOf(owner.userId)).toMatchObject([
			{ action: 'link.refused', data: { refusal: 'login-too-old', method: 'oauth-github' } },
		])
	})

	it('never revives what a person undid; an explicit link does (case 28)', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		await autoLink(context, { login: aLogin({ userId: owner.userId, providerAccountId }) })
		await unlinkOwn(context, { userId: user.id })

		const login = aLogin({ userId: owner.userId, providerAccountId })
		expect(await refusalOf(autoLink(context, { login }))).toBe('undone-before')
		expect(await linksOf(user.id)).toEqual([])

		await confirmLink(context, { token: aToken(owner), userId: user.id })
		expect(await readLinkOf(owner.userId)).toMatchObject({ userId: user.id, linkRevision: 3 })
	})

	it('never revives a pair that a person undid, although the seller’s user was linked elsewhere since', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		const login = () => aLogin({ userId: owner.userId, providerAccountId })
		await autoLink(context, { login: login() })
		await unlinkOwn(context, { userId: user.id })
		const other = await makeUser()
		await confirmLink(context, { token: aToken(owner), userId: other.id })
		await deleteUser(other.id)
		await releaseMissingUser(context, { userId: other.id })

		expect(await refusalOf(autoLink(context, { login: login() }))).toBe('undone-before')
		expect(await linksOf(user.id)).toEqual([])

		// Control: what nobody undid is made, with somebody else's account, by the same sign-in.
		const third = await makeUser()
		const account = await makeProviderAccount({ userId: third.id })
		const elsewhere = aLogin({ userId: owner.userId, providerAccountId: account.providerAccountId })
		expect(await autoLink(context, { login: elsewhere })).toMatchObject({ outcome: 'linked' })
	})

	it('a link that a person confirms makes the pair one that may come back by itself', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		const login = aLogin({ userId: owner.userId, providerAccountId })
		await autoLink(context, { login })
		await unlinkOwn(context, { userId: user.id })
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await unlink(context, {
			sellerUserId: owner.userId,
			linkRevision: null,
			by: 'refused',
			release: false,
			actor: 'total-typescript',
		})
		expect(await autoLink(context, { login })).toMatchObject({ outcome: 'linked' })
	})

	it('links again when the earlier link ended because an account went away', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		await autoLink(context, { login: aLogin({ userId: owner.userId, providerAccountId }) })
		await unlink(context, {
			sellerUserId: owner.userId,
			linkRevision: 1,
			by: 'refused',
			release: true,
			actor: 'total-typescript',
		})
		const login = aLogin({ userId: owner.userId, providerAccountId })
		expect(await autoLink(context, { login })).toMatchObject({ outcome: 'linked', linkRevision: 3 })
	})

	it('is refused when either side is linked elsewhere', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		const { providerAccountId } = await makeProviderAccount({ userId: user.id })
		await confirmLink(context, { token: aToken(makeOwner()), userId: user.id })
		const login = aLogin({ userId: owner.userId, providerAccountId })
		expect(await refusalOf(autoLink(context, { login }))).toBe('granter-linked-elsewhere')

		const other = await makeUser()
		const account = await makeProviderAccount({ userId: other.id })
		const elsewhere = makeOwner()
		await confirmLink(context, { token: aToken(elsewhere), userId: (await makeUser()).id })
		const second = aLogin({ userId: elsewhere.userId, providerAccountId: account.providerAccountId })
		expect(await refusalOf(autoLink(context, { login: second }))).toBe('seller-linked-elsewhere')
	})
})

describe('buildLogin', () => {
	it('tells of a sign-in with an account that the person holds', async () => {
		const user = await makeUser()
		const account = await makeProviderAccount({ userId: user.id })
		const at = new Date()
		expect(await buildLogin(context, { account, at })).toEqual({
			name: 'user/oauth-login',
			data: {
				v: 1,
				userId: user.id,
				provider: 'github',
				providerAccountId: account.providerAccountId,
				at: at.toISOString(),
				expiresAt: new Date(at.getTime() + 600_000).toISOString(),
			},
		})
	})

	it('tells nothing of who is linked, of a recent or lost account, of another’s, or of a sign-in long past', async () => {
		const linked = await makeUnlinkedBuyer()
		const ofLinked = await makeProviderAccount({ userId: linked.user.id })
		await confirmLink(context, { token: aToken(linked.owner), userId: linked.user.id })
		const user = await makeUser()
		const recent = await makeProviderAccount({
			userId: user.id,
			attached: { at: ago(HOUR), newUser: false },
		})
		const lost = await makeProviderAccount({ userId: user.id, provider: 'discord' })
		await detachProviderAccount(lost.providerAccountId)
		const held = await makeProviderAccount({ userId: (await makeUser()).id })
		const cases = [
			{ account: ofLinked, at: new Date() },
			{ account: recent, at: new Date() },
			{ account: lost, at: new Date() },
			{ account: { ...held, userId: user.id }, at: new Date() },
			{ account: held, at: ago(11 * 60_000) },
		]
		for (const each of cases) expect(await buildLogin(context, each)).toBeNull()
		// The control: the last account, signed in just now, is told of.
		expect(await buildLogin(context, { account: held, at: new Date() })).not.toBeNull()
	})
})
