import { type AlertDescription, type AlertsPage, support } from '@/cross-app'
import { describeAnyAlert } from './describe-shop-alert'
import { readCursor, writeCursor } from './grant-query'

const PAGE_SIZE = 25

export type AdminAlertsPage = {
	kind: string | null
	kinds: { kind: string; title: string }[]
	alerts: (AlertsPage['alerts'][number] & { description: AlertDescription })[]
	nextHref: string | null
}

/** One page of alerts with what they mean. The page has checked that the viewer may see them. */
export async function listAdminAlerts(given: { kind: string; after: string }): Promise<AdminAlertsPage> {
	const kind = given.kind === '' ? null : given.kind
	const page = await support.listAlerts({ kind, after: readCursor(given.after), limit: PAGE_SIZE })
	return {
		kind,
		kinds: page.kinds.map((each) => ({ kind: each, title: describeAnyAlert(each).title })),
		alerts: page.alerts.map((alert) => ({ ...alert, description: describeAnyAlert(alert.kind) })),
		nextHref: page.next === null ? null : alertsHref({ kind: given.kind, after: writeCursor(page.next) }),
	}
}

/** The address of the alerts of one kind, or of all. */
export function alertsHref(query: { kind: string; after?: string }): string {
	const set = Object.entries(query).filter(([, value]) => value !== '')
	return set.length === 0 ? '/admin/alerts' : `/admin/alerts?${new URLSearchParams(set)}`
}
