import { and, desc, eq, like, lt, lte, or } from 'drizzle-orm'
import type { CrossAppContext } from '../context'
import { auditEvents } from '../schema'
import type { TimelineRow } from './read-timeline'

/** Where the next page starts: after this row. */
export type AlertCursor = { at: Date; id: string }

export type AlertsPage = {
	/** Newest first. `kind`: the action without its `alert.`. */
	alerts: (TimelineRow & { kind: string })[]
	/** The kinds there are, in the order of the alphabet. */
	kinds: string[]
	next: AlertCursor | null
}

const PREFIX = 'alert.'

/**
 * Every alert, newest first. The key is (action, at), so each kind is read by itself and the newest of all are kept:
 * what is read follows from the page, not from how much was ever audited.
 */
export async function listAlerts(
	{ db }: Pick<CrossAppContext, 'db'>,
	input: { kind: string | null; after: AlertCursor | null; limit: number },
): Promise<AlertsPage> {
	const { after, limit } = input
	const known = await db
		.selectDistinct({ action: auditEvents.action })
		.from(auditEvents)
		.where(like(auditEvents.action, `${PREFIX}%`))
	const kinds = known.map(({ action }) => action.slice(PREFIX.length)).sort()
	const wanted = input.kind === null ? kinds : kinds.filter((kind) => kind === input.kind)
	const parts = await Promise.all(
		wanted.map((kind) =>
			db
				.select()
				.from(auditEvents)
				.where(
					and(
						eq(auditEvents.action, `${PREFIX}${kind}`),
						after === null
							? undefined
							: and(
									lte(auditEvents.at, after.at),
									or(lt(auditEvents.at, after.at), lt(auditEvents.id, after.id)),
								),
					),
				)
				.orderBy(desc(auditEvents.at), desc(auditEvents.id))
				.limit(limit + 1),
		),
	)
	const newest = parts.flat().sort(byNewest)
	const page = newest.slice(0, limit)
	const last = newest.length > limit ? page[page.length - 1] : undefined
	return {
		alerts: page.map((row) => ({
			...row,
			at: row.at.toISOString(),
			kind: row.action.slice(PREFIX.length),
		})),
		kinds,
		next: last === undefined ? null : { at: last.at, id: last.id },
	}
}

function byNewest(left: { at: Date; id: string }, right: { at: Date; id: string }): number {
	return right.at.getTime() - left.at.getTime() || (left.id < right.id ? 1 : -1)
}
