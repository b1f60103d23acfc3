import { type CrossAppEvent, describeLink } from '@cross-app/shared'
import { and, asc, eq, gt, gte, or, type SQL } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { readDatabaseClock } from '../database/clock'
import { toLinkRecord } from '../links/link-row'
import { accountLinks, crossAppGrants } from '../schema'
import { describeForSeller } from './answer-grant'

export type Changes = {
	/** The payloads of `entitlement/granted|revoked` or `account/linked|unlinked`, as their events carry them. */
	rows: CrossAppEvent['data'][]
	/** Where the next page starts; null when this was the last. */
	next: { since: string; after: string } | null
	/** This database's clock before the rows were read: where the next pull starts, minus its overlap. */
	now: string
}

export type ChangesInput = {
	kind: 'grants' | 'links'
	since: Date
	/** Id of the last row already read at exactly `since`. */
	after?: string
	limit: number
}

/**
 * What changed here since a moment, ordered by (updatedAt, id), as the same payloads the events carry.
 *
 * A transaction's rows carry the time of their statement but appear at its commit, so a reader has to start some
 * minutes before where it ended; repeats are harmless by their revisions.
 */
export async function listChanges(
	context: Pick<CrossAppContext, 'db'>,
	input: ChangesInput,
): Promise<Changes> {
	const now = (await readDatabaseClock(context.db)).toISOString()
	const page = input.kind === 'grants' ? await readGrants(context, input) : await readLinks(context, input)
	const last = page.length < input.limit ? undefined : page[page.length - 1]
	return {
		rows: page.map((row) => row.event.data),
		next: last === undefined ? null : { since: last.updatedAt.toISOString(), after: last.id },
		now,
	}
}

type ChangedRow = { id: string; updatedAt: Date; event: CrossAppEvent }

async function readGrants({ db }: Pick<CrossAppContext, 'db'>, input: ChangesInput): Promise<ChangedRow[]> {
	const rows = await db
		.select()
		.from(crossAppGrants)
		.where(and(eq(crossAppGrants.sourceApp, SOURCE_APP), isAfter(crossAppGrants, input)))
		.orderBy(asc(crossAppGrants.updatedAt), asc(crossAppGrants.id))
		.limit(input.limit)
	return rows.map((row) => ({ id: row.id, updatedAt: row.updatedAt, event: describeForSeller(row) }))
}

async function readLinks({ db }: Pick<CrossAppContext, 'db'>, input: ChangesInput): Promise<ChangedRow[]> {
	const rows = await db
		.select()
		.from(accountLinks)
		.where(
			and(
				eq(accountLinks.linkedApp, SOURCE_APP),
				gt(accountLinks.linkRevision, 0),
				isAfter(accountLinks, input),
			),
		)
		.orderBy(asc(accountLinks.updatedAt), asc(accountLinks.id))
		.limit(input.limit)
	return rows.flatMap((row) => {
		const event = describeLink(toLinkRecord(row))
		return event === null ? [] : [{ id: row.id, updatedAt: row.updatedAt, event }]
	})
}

function isAfter(table: typeof crossAppGrants | typeof accountLinks, input: ChangesInput): SQL | undefined {
	if (input.after === undefined) return gte(table.updatedAt, input.since)
	return or(
		gt(table.updatedAt, input.since),
		and(eq(table.updatedAt, input.since), gt(table.id, input.after)),
	)
}
