import { inArray, lt, sql } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { consumedLinkTokens } from '../schema'

const LIMIT = 1_000

/**
 * Forgets used link tokens after 90 days: they ended long before, so none could be used again, and nobody asks any more
 * how a link came about. @returns how many
 */
export async function forgetLinkTokens({ db }: Pick<CrossAppContext, 'db'>): Promise<number> {
	const old = await db
		.select({ jti: consumedLinkTokens.jti })
		.from(consumedLinkTokens)
		.where(lt(consumedLinkTokens.consumedAt, sql`CURRENT_TIMESTAMP(3) - INTERVAL 90 DAY`))
		.limit(LIMIT)
	if (old.length === 0) return 0
	await db.delete(consumedLinkTokens).where(
		inArray(
			consumedLinkTokens.jti,
			old.map(({ jti }) => jti),
		),
	)
	return old.length
}
