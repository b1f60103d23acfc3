import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { context, db } from '../host'
import { sweep } from '../outbox/sweep'
import { consumedLinkTokens } from '../schema'

async function useToken(daysAgo: number): Promise<string> {
	const jti = randomUUID()
	await db.insert(consumedLinkTokens).values({
		jti,
		userId: 'somebody',
		consumedAt: sql`CURRENT_TIMESTAMP(3) - INTERVAL ${sql.raw(String(daysAgo))} DAY`,
	})
	return jti
}

const isKept = async (jti: string) =>
	(await db.select().from(consumedLinkTokens).where(eq(consumedLinkTokens.jti, jti))).length === 1

describe('the sweep', () => {
	it('forgets link tokens that were used 90 days ago, and no others', async () => {
		const old = await useToken(91)
		const recent = await useToken(89)
		await sweep(context)
		expect(await isKept(old)).toBe(false)
		expect(await isKept(recent)).toBe(true)
	})
})
