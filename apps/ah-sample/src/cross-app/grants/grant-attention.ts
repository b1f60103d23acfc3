import { and, desc, gte, inArray, isNotNull, like, type SQL, sql } from 'drizzle-orm'
import { type CrossAppContext, SOURCE_APP } from '../context'
import { accountLinks, auditEvents, crossAppGrants } from '../schema'
import type { GrantRow } from './grant-row'

/**
 * Why a person should look at a grant. `alert`: something about its purchase was alerted in the last 30 days, and nobody
 * has answered again since. `claim-due`: its owner has a live link that may claim it, and it is unclaimed.
 */
export type GrantAttention = 'alert' | 'claim-due'

const ALERTS_COUNT_FOR_DAYS = 30
/** More purchases than this with open alerts are one problem, not many: the alerts page shows it. */
const MOST_ALERTED = 200

type Reading = Pick<CrossAppContext, 'db'>

/** The purchases with an alert that nobody has seen to, the newest first. */
async function readAlertedPurchases({ db }: Reading, among?: string[]): Promise<string[]> {
	const since = sql`CURRENT_TIMESTAMP(3) - INTERVAL ${sql.raw(String(ALERTS_COUNT_FOR_DAYS))} DAY`
	const seenTo = sql`NOT EXISTS (SELECT 1 FROM ${auditEvents} retried WHERE retried.purchaseId = ${auditEvents.purchaseId} AND retried.action = 'grant.retried' AND retried.at > ${auditEvents.at})`
	const rows = await db
		.select({ purchaseId: auditEvents.purchaseId })
		.from(auditEvents)
		.where(
			and(
				like(auditEvents.action, 'alert.%'),
				among === undefined ? isNotNull(auditEvents.purchaseId) : inArray(auditEvents.purchaseId, among),
				gte(auditEvents.at, since),
				seenTo,
			),
		)
		.orderBy(desc(auditEvents.at))
		.limit(MOST_ALERTED)
	return [...new Set(rows.flatMap((row) => row.purchaseId ?? []))]
}

/** Granted, proven, unclaimed, and its owner's live link may claim it: that should have happened by itself. */
function isClaimDue(): SQL {
	return sql`${crossAppGrants.status} = 'pending' AND ${crossAppGrants.ownerProven} = TRUE AND EXISTS (SELECT 1 FROM ${accountLinks} WHERE ${accountLinks.linkedApp} = ${crossAppGrants.sourceApp} AND ${accountLinks.linkedUserId} = ${crossAppGrants.sourceUserId} AND ${accountLinks.userId} IS NOT NULL AND ${accountLinks.linkRevision} > COALESCE(${crossAppGrants.unlinkingLinkRevision}, 0))`
}

/** The unique key starts with the app that sold it. */
function inPurchases(purchaseIds: string[]): SQL {
	return sql`${crossAppGrants.sourceApp} = ${SOURCE_APP} AND ${inArray(crossAppGrants.sourcePurchaseId, purchaseIds)}`
}

/** Conditions of which a grant that needs attention meets one; each has a key of its own to be read by. */
export async function attentionConditions(context: Reading): Promise<SQL[]> {
	const purchaseIds = await readAlertedPurchases(context)
	return [...(purchaseIds.length === 0 ? [] : [inPurchases(purchaseIds)]), isClaimDue()]
}

/** What is wrong with each of these grants, by id; a grant that is as it should be is left out. */
export async function readAttention(
	context: Reading,
	grants: GrantRow[],
): Promise<Map<string, GrantAttention[]>> {
	if (grants.length === 0) return new Map()
	const purchaseIds = [...new Set(grants.map((grant) => grant.sourcePurchaseId))]
	const [alerted, due] = await Promise.all([
		readAlertedPurchases(context, purchaseIds),
		context.db
			.select({ id: crossAppGrants.id })
			.from(crossAppGrants)
			.where(
				and(
					inArray(
						crossAppGrants.id,
						grants.map((grant) => grant.id),
					),
					isClaimDue(),
				),
			),
	])
	const dueIds = due.map((row) => row.id)
	return new Map(
		grants.flatMap((grant): [string, GrantAttention[]][] => {
			const reasons: GrantAttention[] = [
				...(alerted.includes(grant.sourcePurchaseId) ? (['alert'] as const) : []),
				...(dueIds.includes(grant.id) ? (['claim-due'] as const) : []),
			]
			return reasons.length === 0 ? [] : [[grant.id, reasons]]
		}),
	)
}

/** One grant only. */
export async function readAttentionOf(context: Reading, grant: GrantRow): Promise<GrantAttention[]> {
	return (await readAttention(context, [grant])).get(grant.id) ?? []
}
