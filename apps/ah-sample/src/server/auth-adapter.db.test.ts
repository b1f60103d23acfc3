import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { recordProviderAccount } from '@/cross-app'
import { db } from '@/db'
import { users } from '@/db/schema'
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

describe('recordProviderAccount', () => {
	async function seen(providerAccountId: string) {
		const [rows] = await db.execute(
			sql`SELECT userId, newUser, attachedAt FROM AI_ProviderAccountSeen WHERE providerAccountId = ${providerAccountId}`,
		)
		return (rows as unknown as { userId: string; newUser: number; attachedAt: Date }[])[0]
	}

	it('remembers the first attachment, and that the sign-in made the user', async () => {
		const account = { provider: 'github', providerAccountId: crypto.randomUUID(), userId: 'user-1' }
		await recordProviderAccount({ ...account, newUser: false })
		const first = await seen(account.providerAccountId)
		expect(first).toMatchObject({ userId: 'user-1', newUser: 0 })
		await recordProviderAccount({ ...account, newUser: true })
		expect(await seen(account.providerAccountId)).toEqual({ ...first, newUser: 1 })
		await recordProviderAccount({ ...account, newUser: false })
		expect(await seen(account.providerAccountId)).toEqual({ ...first, newUser: 1 })
	})

	it('counts an account that moved to another user as attached now', async () => {
		const account = { provider: 'github', providerAccountId: crypto.randomUUID(), userId: 'user-1' }
		await recordProviderAccount({ ...account, newUser: true })
		await db.execute(
			sql`UPDATE AI_ProviderAccountSeen SET attachedAt = attachedAt - INTERVAL 2 DAY WHERE providerAccountId = ${account.providerAccountId}`,
		)
		const before = await seen(account.providerAccountId)
		await recordProviderAccount({ ...account, userId: 'user-2', newUser: false })
		const after = await seen(account.providerAccountId)
		expect(after).toMatchObject({ userId: 'user-2', newUser: 0 })
		expect(after?.attachedAt).not.toEqual(before?.attachedAt)
	})

	it('takes the same account from many sign-ins at once', async () => {
		const account = { provider: 'github', providerAccountId: crypto.randomUUID(), userId: 'user-1' }
		await Promise.all(Array.from({ length: 8 }, () => recordProviderAccount({ ...account, newUser: false })))
		expect(await seen(account.providerAccountId)).toMatchObject({ userId: 'user-1' })
	})
})
