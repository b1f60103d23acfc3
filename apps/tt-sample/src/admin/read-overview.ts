import type {AdminOverview} from '../components/admin/views'
import {COUNT_LIMIT, countSyncs, countUnseenAlerts, listSyncs, oldestOutstanding} from '../cross-app'
import type {HostContext} from '../server/host-context'
import {describeSyncRows} from './describe-sync-rows'
import {listAlertsForAdmin} from './list-alerts'

const SHOWN = 5

/** What a supporter should know when the day begins. */
export async function readOverview(context: HostContext): Promise<AdminOverview> {
  const {db, clock} = context
  const [counts, unseenAlerts, oldest, attention, alerts] = await Promise.all([
    countSyncs(context),
    countUnseenAlerts({db}, {limit: COUNT_LIMIT}),
    oldestOutstanding({db}),
    listSyncs(context, {
      filter: 'needs-attention',
      targetProductId: null,
      changedSince: null,
      among: {kind: 'everything'},
      from: null,
      pageSize: SHOWN,
    }),
    listAlertsForAdmin(context, {onlyUnseen: true, olderThan: null, pageSize: SHOWN}),
  ])
  const waitsSince = oldest.outbox
  return {
    limit: COUNT_LIMIT,
    unseenAlerts,
    ...counts,
    oldestOutboxSeconds:
      waitsSince === null
        ? null
        : Math.max(0, Math.round((clock.now().getTime() - waitsSince.getTime()) / 1000)),
    newestAlerts: alerts.alerts,
    attention: await describeSyncRows(context.crossApp, attention.rows),
  }
}
