import { z } from 'zod/v4'
import type { CrossAppContext } from '../context'
import { type PeerContext, ReadPeerError, readPeer } from '../peer/read-peer'
import { readTimeline, readTimelineOfPerson, type TimelineOfPerson, type TimelineRow } from './read-timeline'

const LIMIT = 500

/** The other app's half: what it told us, or in one sentence why we have nothing from it. */
export type PeerTimeline = { reached: true; rows: TimelineRow[] } | { reached: false; reason: string }
export type BothTimelines = { here: TimelineRow[]; there: PeerTimeline }

type Context = Pick<CrossAppContext, 'db'> & PeerContext

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()])
const rowSchema = z.object({
	id: z.string(),
	at: z.iso.datetime(),
	actor: z.string(),
	action: z.string(),
	purchaseId: z.string().nullable().catch(null),
	subject: z.string(),
	/** Shown, never decided by: what is nested becomes text. */
	data: z
		.record(z.string(), z.unknown())
		.transform((data) =>
			Object.fromEntries(
				Object.entries(data).map(([name, value]) => {
					const flat = plain.safeParse(value)
					return [name, flat.success ? flat.data : JSON.stringify(value)]
				}),
			),
		)
		.catch({}),
})
const bodySchema = z.object({ rows: z.array(z.unknown()) })

/** Everything both apps wrote down about one purchase. The other app being away costs its half, not the page. */
export async function readPurchaseTimelines(
	context: Context,
	{ purchaseId }: { purchaseId: string },
): Promise<BothTimelines> {
	const there = readThere(context, { purchaseId })
	const { rows: here } = await readTimeline(context, { purchaseId, limit: LIMIT })
	return { here, there: await there }
}

/** The same about one person; the other app is asked by its own user id, if that is known. */
export async function readPersonTimelines(
	context: Context,
	person: Omit<TimelineOfPerson, 'withActs'>,
): Promise<BothTimelines> {
	const [sellerUserId] = person.sellerUserIds
	const there: Promise<PeerTimeline> =
		sellerUserId === undefined
			? Promise.resolve({ reached: true, rows: [] })
			: readThere(context, { userId: sellerUserId })
	const here = await readTimelineOfPerson(context, { ...person, withActs: true, limit: LIMIT })
	return { here, there: await there }
}

async function readThere(context: Context, query: Record<string, string>): Promise<PeerTimeline> {
	try {
		const path = '/api/cross-app/timeline'
		const body = bodySchema.safeParse(
			await readPeer(context, { path, query: { ...query, limit: String(LIMIT) } }),
		)
		if (!body.success) return { reached: false, reason: 'Total TypeScript answered in an unknown form.' }
		return {
			reached: true,
			rows: body.data.rows.flatMap((row) => {
				const parsed = rowSchema.safeParse(row)
				return parsed.success ? [parsed.data] : []
			}),
		}
	} catch (error) {
		if (!(error instanceof ReadPeerError)) throw error
		context.log.warn('cross_app.peer_timeline_not_read', { error })
		return { reached: false, reason: error.message }
	}
}
