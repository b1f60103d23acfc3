import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { recordProviderSignIn } from '@/cross-app'
import { db } from '@/db'
import { accounts, sessions, users } from '@/db/schema'
import { receivedEvents } from '../../tests/setup/event-api'
import { authAdapter } from './auth-adapter'

const adapter = authAdapter(db)

async function makeUser(email: string): Promise<string> {
	const id = `user_ah_${crypto.randomUUID()}`
	await db.insert(users).values({ id, email })
	return id
}

describe('finding a user by email', () => {
	it('ignores case, as the normalisation does', async () => {
		const name = crypto.randomUUID()
		const id = await makeUser(`${name}@example.com`)
		expect(await adapter.getUserByEmail?.(`${name.toUpperCase()}@Example.com`)).toMatchObject({ id })
	})

	it('never finds the user of an address that differs by an accent, which the column can’t tell apart', async () => {
		const name = crypto.randomUUID()
		const id = await makeUser(`jose-${name}@example.com`)
		const [rows] = await db.execute(
			sql`SELECT id FROM AI_User WHERE email = ${`jos\u00e9-${name}@example.com`}`,
		)
		// The control: the database itself finds the other person.
		expect(rows).toEqual([{ id }])
		expect(await adapter.getUserByEmail?.(`jos\u00e9-${name}@example.com`)).toBeNull()
	})
})

describe('what is noted of an account at a sign-in provider', () => {
	async function seen(providerAccountId: string) {
		const [rows] = await db.execute(
			sql`SELECT userId, newUser, attachedAt, vouchedEmail FROM AI_ProviderAccountSeen WHERE providerAccountId = ${providerAccountId}`,
		)
		return (
			rows as unknown as {
				userId: string
				newUser: number
				attachedAt: string
				vouchedEmail: string | null
			}[]
		)[0]
	}

	const anAccount = async () => ({
		provider: 'github',
		providerAccountId: crypto.randomUUID(),
		userId: await makeUser(`${crypto.randomUUID()}@example.com`),
	})
	const attach = (account: Awaited<ReturnType<typeof anAccount>>) =>
		adapter.linkAccount?.({ ...account, type: 'oauth' })
	const signIn = (account: Awaited<ReturnType<typeof anAccount>>, newUser: boolean) =>
		recordProviderSignIn({ ...account, newUser, vouchedEmail: 'Ada@Example.com', at: new Date() })

	it('is the moment of its attachment, in the transaction that attaches it', async () => {
		const account = await anAccount()
		await attach(account)
		const noted = await seen(account.providerAccountId)
		expect(noted).toMatchObject({ userId: account.userId, newUser: 0, vouchedEmail: null })
		expect(Date.now() - Date.parse(`${noted?.attachedAt}Z`)).toBeLessThan(60_000)
		// The same account can't be attached to a second person, and nothing is noted of the attempt.
		await expect(attach({ ...account, userId: (await anAccount()).userId })).rejects.toThrow()
		expect(await seen(account.providerAccountId)).toEqual(noted)
	})

	it('is what the provider vouched for, and that the sign-in made the user', async () => {
		const account = await anAccount()
		await attach(account)
		const { attachedAt } = (await seen(account.providerAccountId)) ?? {}
		await signIn(account, true)
		expect(await seen(account.providerAccountId)).toEqual({
			userId: account.userId,
			newUser: 1,
			attachedAt,
			vouchedEmail: 'ada@example.com',
		})
		await signIn(account, false)
		expect(await seen(account.providerAccountId)).toMatchObject({ newUser: 1, attachedAt })
	})

	it('is nothing new when an account signs in that was attached before such things were noted', async () => {
		const account = await anAccount()
		await signIn(account, false)
		expect((await seen(account.providerAccountId))?.attachedAt).toMatch(/^2000-01-01/)
	})

	it('counts from now when the account was detached and attached again', async () => {
		const account = await anAccount()
		await attach(account)
		await signIn(account, true)
		await db.execute(
			sql`UPDATE AI_ProviderAccountSeen SET attachedAt = attachedAt - INTERVAL 2 DAY WHERE providerAccountId = ${account.providerAccountId}`,
		)
		await db.execute(sql`DELETE FROM AI_Account WHERE providerAccountId = ${account.providerAccountId}`)
		const next = { ...account, userId: (await anAccount()).userId }
		await attach(next)
		const noted = await seen(account.providerAccountId)
		expect(noted).toMatchObject({ userId: next.userId, newUser: 0, vouchedEmail: null })
		expect(Date.now() - Date.parse(`${noted?.attachedAt}Z`)).toBeLessThan(60_000)
	})

	it('is told to the other app by an event of the outbox, one for each sign-in', async () => {
		const account = await anAccount()
		await signIn(account, true)
		await signIn(account, false)
		const sent = receivedEvents().filter(({ event }) => event.data.userId === account.userId)
		expect(sent.map(({ event }) => event.name)).toEqual(['user/signed-in', 'user/signed-in'])
		expect(sent[0]?.event.data).toEqual({ ...account, at: expect.any(String) })
	})

	it('is of exactly that account: ids that differ by case are two people', async () => {
		const account = { ...(await anAccount()), providerAccountId: `a-${crypto.randomUUID()}` }
		await attach(account)
		const { provider, providerAccountId } = account
		expect(await adapter.getUserByAccount?.({ provider, providerAccountId })).toMatchObject({
			id: account.userId,
		})
		expect(
			await adapter.getUserByAccount?.({ provider, providerAccountId: providerAccountId.toUpperCase() }),
		).toBeNull()
	})
})

describe('following an email link (case 26)', () => {
	/** An account made under somebody's address by somebody else, who waits in it. */
	async function preRegistered(options: { vouchedEmail: string | null }) {
		const email = `${crypto.randomUUID()}@example.com`
		const userId = await makeUser(email)
		const providerAccountId = crypto.randomUUID()
		await adapter.linkAccount?.({ userId, provider: 'github', providerAccountId, type: 'oauth' })
		if (options.vouchedEmail !== null) {
			const vouchedEmail = options.vouchedEmail === 'same' ? email.toUpperCase() : options.vouchedEmail
			await recordProviderSignIn({
				userId,
				provider: 'github',
				providerAccountId,
				newUser: true,
				vouchedEmail,
				at: new Date(),
			})
		}
		const sessionToken = crypto.randomUUID()
		await db.insert(sessions).values({ sessionToken, userId, expires: new Date('2030-01-01') })
		return { userId, sessionToken }
	}
	const verify = (id: string) => adapter.updateUser?.({ id, emailVerified: new Date() })
	const accountsOf = (userId: string) => db.select().from(accounts).where(eq(accounts.userId, userId))
	const sessionsOf = (userId: string) => db.select().from(sessions).where(eq(sessions.userId, userId))

	it.each([null, 'attacker@example.com'])(
		'detaches what did not vouch for the address (%s), and ends its sessions',
		async (vouchedEmail) => {
			const { userId } = await preRegistered({ vouchedEmail })
			expect(await verify(userId)).toMatchObject({ id: userId, emailVerified: expect.any(Date) })
			expect(await accountsOf(userId)).toEqual([])
			expect(await sessionsOf(userId)).toEqual([])
		},
	)

	it('keeps what vouched for that very address', async () => {
		const { userId } = await preRegistered({ vouchedEmail: 'same' })
		await verify(userId)
		expect(await accountsOf(userId)).toHaveLength(1)
		expect(await sessionsOf(userId)).toHaveLength(1)
	})

	it('leaves alone who was verified before', async () => {
		const { userId } = await preRegistered({ vouchedEmail: null })
		await db.update(users).set({ emailVerified: new Date() }).where(eq(users.id, userId))
		await verify(userId)
		expect(await accountsOf(userId)).toHaveLength(1)
	})

	async function linkOf(userId: string): Promise<string> {
		const linkedUserId = `user_tt_${crypto.randomUUID()}`
		await db.execute(
			sql`INSERT INTO AI_AccountLink (id, linkedApp, linkedUserId, userId, linkRevision, linkMethod, linkedAt) VALUES (${crypto.randomUUID()}, 'total-typescript', ${linkedUserId}, ${userId}, 1, 'explicit', CURRENT_TIMESTAMP(3))`,
		)
		return linkedUserId
	}

	it('ends a link that the stranger had made, and frees what it claimed', async () => {
		const { userId } = await preRegistered({ vouchedEmail: null })
		const linkedUserId = await linkOf(userId)
		await verify(userId)
		const [rows] = await db.execute(
			sql`SELECT userId, linkRevision, unlinkedBy FROM AI_AccountLink WHERE linkedUserId = ${linkedUserId}`,
		)
		expect(rows).toEqual([{ userId: null, linkRevision: 2, unlinkedBy: 'not-me' }])
	})

	it('knows nobody as the owner while the stranger’s link still stands: a crash must not leave it', async () => {
		const { userId } = await preRegistered({ vouchedEmail: null })
		const linkedUserId = await linkOf(userId)
		const verifiedAt = async () =>
			(await db.select().from(users).where(eq(users.id, userId)))[0]?.emailVerified ?? null
		let verifying: unknown
		await db.transaction(async (tx) => {
			await tx.execute(sql`SELECT id FROM AI_AccountLink WHERE linkedUserId = ${linkedUserId} FOR UPDATE`)
			verifying = verify(userId)
			await expect.poll(async () => (await verifiedAt()) !== null || (await isWaitingForLink())).toBe(true)
			expect(await verifiedAt()).toBeNull()
		})
		await verifying
		expect(await verifiedAt()).not.toBeNull()
	})
})

/** Another statement of this database waits for an AccountLink row. */
async function isWaitingForLink(): Promise<boolean> {
	const [rows] = await db.execute(
		sql`SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID() AND INFO LIKE '%AI_AccountLink%for update%'`,
	)
	return Array.isArray(rows) && rows.length > 0
}
