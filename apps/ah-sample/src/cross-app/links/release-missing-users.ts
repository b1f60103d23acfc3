import { and, asc, gte, isNotNull, lt } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { accountLinks, crossAppGrants } from '../schema'
import { readUsers } from './find-users'
import { releaseMissingUser } from './release-missing-user'

/**
 * Looks through a slice of the claims and live links for accounts that are gone, and releases them: for deletions that
 * nobody told this folder about. A slice from a random place keeps a run's cost the same however many grants there are;
 * a table no longer than the slice is looked through whole.
 */
export async function releaseMissingUsers(
	context: CrossAppContext,
	input: { limit: number; startAt?: string },
): Promise<{ released: string[] }> {
	const startAt = input.startAt ?? crypto.randomUUID()
	const claimants = await readSlice(context, crossAppGrants, startAt, input.limit)
	const linked = await readSlice(context, accountLinks, startAt, input.limit)
	const userIds = [...new Set([...claimants, ...linked])]
	const present = await readUsers(context.db, userIds)
	const released: string[] = []
	for (const userId of userIds.filter((id) => !present.has(id))) {
		const result = await releaseMissingUser(context, { userId })
		if (result.exists) continue
		released.push(userId)
	}
	return { released }
}

async function readSlice(
	{ db }: CrossAppContext,
	table: typeof crossAppGrants | typeof accountLinks,
	startAt: string,
	limit: number,
): Promise<string[]> {
	const read = (from: ReturnType<typeof gte>, count: number) =>
		db
			.select({ userId: table.userId })
			.from(table)
			.where(and(from, isNotNull(table.userId)))
			.orderBy(asc(table.id))
			.limit(count)
	const rows = await read(gte(table.id, startAt), limit)
	// Round the corner: the rows before the starting point, too, when there is room left.
	if (rows.length < limit) rows.push(...(await read(lt(table.id, startAt), limit - rows.length)))
	return rows.flatMap((row) => (row.userId === null ? [] : [row.userId]))
}
