import type {AlertPage} from '../components/admin/views'
import type {PageLink} from '../components/views'
import {type AlertView, listAlerts} from '../cross-app'
import type {HostContext} from '../server/host-context'

const PAGE_SIZE = 25

/**
 * One page of alerts, with the pages they are about and the names of who has marked them as seen. The page has checked
 * that the viewer may see them.
 */
export async function listAlertsForAdmin(
  context: HostContext,
  {
    onlyUnseen,
    olderThan,
    pageSize = PAGE_SIZE,
  }: {onlyUnseen: boolean; olderThan: {at: string; id: string} | null; pageSize?: number},
): Promise<AlertPage> {
  const {alerts, older} = await listAlerts(context, {onlyUnseen, olderThan, pageSize})
  const known = await readKnown(context, alerts)
  return {
    alerts: alerts.map(({purchaseId, subject, ...alert}) => ({
      ...alert,
      seen: alert.seen === null ? null : {...alert.seen, by: known.nameOf(alert.seen.by)},
      links: known.linksOf(purchaseId, subject),
      details: {...(purchaseId === null ? {} : {purchaseId}), subject, ...alert.details},
    })),
    older,
  }
}

interface Known {
  /** `user:<id>` is what the trail has; a supporter knows colleagues by name. */
  nameOf(actor: string): string
  linksOf(purchaseId: string | null, subject: string): PageLink[]
}

/** An alert may be about a purchase that was never recorded: a link to it would lead nowhere. */
async function readKnown({db}: HostContext, alerts: AlertView[]): Promise<Known> {
  const purchases = await db.purchase.findMany({
    where: {id: {in: alerts.flatMap(({purchaseId}) => purchaseId ?? [])}},
    select: {id: true, userId: true},
  })
  const actors = alerts.flatMap(({seen}) => (seen?.by.startsWith('user:') ? [seen.by.slice(5)] : []))
  const subjects = alerts.map(({subject}) => subject)
  const users = await db.user.findMany({
    where: {id: {in: [...actors, ...subjects]}},
    select: {id: true, name: true, email: true},
  })
  return {
    nameOf(actor) {
      const user = users.find(({id}) => actor === `user:${id}`)
      return user?.name ?? user?.email ?? actor
    },
    linksOf(purchaseId, subject) {
      const purchase = purchases.find(({id}) => id === purchaseId)
      const person = users.find(({id}) => id === subject)?.id ?? purchase?.userId ?? null
      return [
        ...(purchase === undefined
          ? []
          : [{label: 'Open the purchase', href: `/admin/syncs/${encodeURIComponent(purchase.id)}`}]),
        ...(person === null
          ? []
          : [{label: 'Open the person', href: `/admin/people/${encodeURIComponent(person)}`}]),
      ]
    },
  }
}
