import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { readLinkedAccount } from '@/cross-app'
import { db } from '@/db'
import { accounts, sessions, users } from '@/db/schema'
import { receivedEvents } from '../../tests/setup/event-api'
import { deleteAccount } from './delete-account'
import { listSignInProviders } from './list-sign-in-providers'

async function makeLinkedUser() {
	const userId = `user_ah_${crypto.randomUUID()}`
	const linkedUserId = `user_tt_${crypto.randomUUID()}`
	const providerAccountId = crypto.randomUUID()
	await db.insert(users).values({ id: userId, email: `${crypto.randomUUID()}@example.com` })
	await db.insert(accounts).values({ userId, type: 'oauth', provider: 'discord', providerAccountId })
	await db
		.insert(sessions)
		.values({ sessionToken: crypto.randomUUID(), userId, expires: new Date('2030-01-01') })
	await db.execute(
		sql`INSERT INTO AI_AccountLink (id, linkedApp, linkedUserId, userId, linkRevision, linkMethod, linkedAt) VALUES (${crypto.randomUUID()}, 'total-typescript', ${linkedUserId}, ${userId}, 1, 'explicit', CURRENT_TIMESTAMP(3))`,
	)
	return { userId, linkedUserId, providerAccountId }
}

describe('deleting an account', () => {
	it('removes every way in, ends the link and has the other app told (case 33)', async () => {
		const { userId, linkedUserId } = await makeLinkedUser()
		const bystander = await makeLinkedUser()

		await deleteAccount({ userId })

		for (const table of [accounts, sessions]) {
			expect(await db.select().from(table).where(eq(table.userId, userId))).toEqual([])
			expect(await db.select().from(table).where(eq(table.userId, bystander.userId))).toHaveLength(1)
		}
		expect(await db.select().from(users).where(eq(users.id, userId))).toEqual([])
		expect(await readLinkedAccount({ userId: bystander.userId })).toMatchObject({ linked: true })
		const [rows] = await db.execute(
			sql`SELECT userId, unlinkedBy, linkRevision FROM AI_AccountLink WHERE linkedUserId = ${linkedUserId}`,
		)
		expect(rows).toEqual([{ userId: null, unlinkedBy: 'account-deleted', linkRevision: 2 }])
		expect(receivedEvents().map(({ event }) => event)).toContainEqual(
			expect.objectContaining({ name: 'account/unlinked', data: { linkedUserId, linkRevision: 2 } }),
		)
	})

	it('a second time changes nothing', async () => {
		const { userId } = await makeLinkedUser()
		await deleteAccount({ userId })
		await expect(deleteAccount({ userId })).resolves.toBeUndefined()
	})
})

describe('the ways to sign in', () => {
	it('are listed with when they were attached, null when that was not noted', async () => {
		const { userId, providerAccountId } = await makeLinkedUser()
		expect(await listSignInProviders({ userId })).toEqual({
			emailVerified: false,
			providers: [{ provider: 'discord', since: null }],
		})
		await db.execute(
			sql`INSERT INTO AI_ProviderAccountSeen (provider, providerAccountId, userId, newUser, attachedAt) VALUES ('discord', ${providerAccountId}, ${userId}, 0, '2026-11-20 10:00:00.000')`,
		)
		expect((await listSignInProviders({ userId })).providers).toEqual([
			{ provider: 'discord', since: '2026-11-20T10:00:00.000Z' },
		])
	})
})
